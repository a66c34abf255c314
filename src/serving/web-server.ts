import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { createDelivery, createHttpServer } from '../delivery/delivery.ts';
import { openPictureStore } from '../images/picture-store.ts';
import { createCrawlerLog, feedAskedFor } from '../listening/crawler-log.ts';
import { openWaveforms } from '../listening/waveforms.ts';
import type { Log } from '../log.ts';
import { siteApplication } from '../site/application.ts';
import { readAssets } from '../site/assets.ts';
import { openSite } from '../site/site.ts';
import { isForStudio } from '../studio/addresses.ts';
import { lazyStudio } from './lazy-studio.ts';
import { openStores } from './open-stores.ts';

/** A web server that listens. */
export type WebServer = {
  /** Its address on this machine. */
  address: string;
  /** Lets requests finish, up to a limit, and closes. */
  close(): Promise<void>;
};

/** The limit for ready editions in one process, with their compressed forms (bytes). */
const MAX_EDITION_BYTES = 24 * 1024 * 1024;
const DRAIN_MS = 10_000;

/** Opens the station's stores and serves them. Throws what `listen` throws when the port is taken. */
export async function startWebServer(config: Config, log: Log): Promise<WebServer> {
  const stores = await openStores(config);
  const { archive, catalogue, records } = stores;
  const source = { state: () => catalogue.state(Date.now()) };
  const delivery = createDelivery({ source, maxEditionBytes: MAX_EDITION_BYTES });
  const pictures = openPictureStore({ directory: join(config.dataDir, 'pictures') });
  const peaks = openWaveforms({ records, dataDir: config.dataDir });
  const crawlers = createCrawlerLog({ records });
  // Read before the server listens: from then on `site` must be ready within one turn of the event loop.
  const assets = await readAssets(config.compiledDir);
  const { server, drain } = createHttpServer((req, res) => {
    const { url = '/' } = req;
    if (feedAskedFor(url))
      res.once('finish', () => crawlers.recordAnswer(url, req.headers['user-agent'], res.statusCode));
    delivery.handle(req, res, () => {
      if (isForStudio(url)) studio.handle(req, res);
      else site(req, res);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const address = addressOf(server.address(), config);
  const publicUrl = config.publicUrl ?? address;
  // Only now is the port known for certain. No request is read before this turn of the event loop ends.
  const pages = await openSite({
    ...{ catalogue, archive, pictures, peaks, delivery, log },
    config: { publicUrl },
    assets,
  });
  const site = siteApplication(pages);
  const studio = lazyStudio(
    { ...config, publicUrl },
    { stores, site: pages, delivery, pictures, crawlers, log },
  );
  return {
    address,
    async close() {
      studio.endStreams();
      await drain(DRAIN_MS);
      await studio.close();
      await crawlers.close();
      await peaks.close();
      records.close();
      await delivery.close();
      await catalogue.close();
    },
  };
}

function addressOf(listening: AddressInfo | string | null, { host, port }: Config): string {
  const bound = typeof listening === 'object' && listening !== null ? listening.port : port;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${bound}`;
}
