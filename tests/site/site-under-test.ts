import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { CatalogueQueries } from '../../src/catalogue/catalogue.ts';
import { createDelivery } from '../../src/delivery/delivery.ts';
import { createSite } from '../../src/site/application.ts';
import { EVENING, siteCatalogue } from '../fixtures/site-catalogue.ts';

export const PUBLIC_URL = 'https://ascolta.example.org';
/** A second of sound; under the fixture's names it stands for every segment. */
export const AUDIO = new URL('../fixtures/audio/vbr.mp3', import.meta.url).pathname;

export type SiteUnderTest = {
  server: Server;
  address: string;
  /** What was written to the log. */
  logged: object[];
  /** The waveforms that are drawn, by fingerprint, and the episodes for which some were wished. */
  drawn: Map<string, Uint8Array>;
  wished: string[];
  /** Sets the clock (milliseconds since 1970). */
  setNow(now: number): void;
  close(): Promise<void>;
};

/** The site with delivery in front, as it is served, on a free port and over the fixture's catalogue. */
export async function openSite(
  catalogue: CatalogueQueries = siteCatalogue(),
  publicUrl = PUBLIC_URL,
): Promise<SiteUnderTest> {
  let now = EVENING;
  const logged: object[] = [];
  const drawn = new Map<string, Uint8Array>();
  const wished: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'riascolta-site-'));
  const delivery = createDelivery({
    source: { state: () => catalogue.state(now) },
    maxEditionBytes: 16 << 20,
  });
  const app = await createSite({
    catalogue,
    delivery,
    archive: { localPath: async (key) => (key.endsWith('gone.mp3') ? undefined : AUDIO) },
    pictures: {
      variant: async (id, variant) => {
        const path = join(folder, `${id}-${variant}`);
        const flat = { create: { width: 96, height: 96, channels: 3, background: '#e8321a' } } as const;
        await sharp(flat).toFile(path);
        return path;
      },
      card: async (id, mark, make) => {
        const path = join(folder, `${id}-${mark}.png`);
        writeFileSync(path, await make());
        return path;
      },
    },
    peaks: {
      read: async (fingerprint) => drawn.get(fingerprint),
      path: (fingerprint) => join(folder, `${fingerprint}.peaks`),
      requestDrawing: (key) => wished.push(key),
    },
    config: { publicUrl },
    now: () => now,
    log: { error: (details) => logged.push(details) },
  });
  const server = createServer((req, res) => delivery.handle(req, res, () => app(req, res)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The site listens at no port');
  return {
    server,
    address: `http://127.0.0.1:${bound.port}`,
    logged,
    drawn,
    wished,
    setNow: (instant) => {
      now = instant;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await delivery.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
