import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readBundles } from '../bundling/bundling.ts';
import { studioStylesheet } from './stylesheet.ts';

/** What pages of the studio load: its style sheet and its bundled scripts. */
export type StudioAssets = {
  /** The address of a script: `draft` → `/studio/assets/draft-1F2E3D4C.js`. Throws for an unknown name. */
  script(name: string): string;
  sheet: string;
  /** A file by its name in the address, with its type and bytes. */
  find(name: string): { type: string; body: Buffer } | undefined;
};

export type StudioAssetOptions = {
  /** Where bundles are kept between starts; may be deleted at any time. */
  directory: string;
  /** Returns the address of a font of the site by its file's name. Throws when there is none. */
  fonts: (name: string) => string;
  /** The station's colour; our own if not given. */
  colour?: string;
  log: { info(details: object, sentence: string): void; warn(details: object, sentence: string): void };
};

const PUBLIC = fileURLToPath(new URL('../../public', import.meta.url));
const ENTRIES = { 'draft.js': 'studio/js/draft.js', 'account.js': 'studio/js/account.js' };
/**
 * A browser has the table of HTML entities, so the package's own table, a tenth of the page's script, is left
 * out.
 */
const ALIAS = { entities: `${PUBLIC}/studio/js/editor/entities.js` };

/** Returns what pages of the studio load. Throws when a script cannot be bundled. */
export async function readStudioAssets(options: StudioAssetOptions): Promise<StudioAssets> {
  const { directory, fonts, colour, log } = options;
  const { files, entries } = await readBundles(
    { name: 'studio', folder: PUBLIC, entries: ENTRIES, options: { alias: ALIAS } },
    {
      keptIn: directory,
      notKept: (err) => log.warn({ err }, 'The studio’s scripts cannot be kept for the next start'),
    },
  );
  const scripts = Object.entries(files).map(([file, text]) => ({ file, body: Buffer.from(text) }));
  const sheet = Buffer.from(studioStylesheet({ fonts, ...(colour === undefined ? {} : { colour }) }));
  const sheetName = `studio-${createHash('sha256').update(sheet).digest('hex').slice(0, 10)}.css`;
  const found = new Map<string, { type: string; body: Buffer }>([
    [sheetName, { type: 'text/css; charset=utf-8', body: sheet }],
    ...scripts.map(({ file, body }) => [file, { type: 'text/javascript; charset=utf-8', body }] as const),
  ]);
  log.info(
    { scripts: scripts.map(({ file, body }) => `${file} ${body.length}`) },
    'The studio’s scripts are ready',
  );
  return {
    script(name) {
      const file = entries[`${name}.js`];
      if (file === undefined) throw new Error(`There is no bundle named ${name}`);
      return `/studio/assets/${file}`;
    },
    sheet: `/studio/assets/${sheetName}`,
    find: (name) => found.get(name),
  };
}
