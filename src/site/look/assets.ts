import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mime from 'mime';
import { faviconSvg } from './favicon.ts';
import { bundleScripts } from './scripts.ts';
import { themeCss } from './theme.ts';

export type Asset = { type: string; body: Buffer };

/** The addresses of what depends on the station's colours. */
export type Dress = { sheet: string; embedSheet: string; favicon: string };

/** Everything that pages load from us, under names that change with their bytes: cached for ever by whoever has it. */
export type Assets = {
  /** The bytes of `site-1f2e3d4c5b.js`; `undefined` for a name that is not (or no longer) one. */
  find(name: string): Asset | undefined;
  /** The present name of the asset that an older name stood for. */
  presentNameOf(name: string): string | undefined;
  /** The address of an asset by its plain name: `site.js`. Throws when there is none. */
  path(name: string): string;
  /** The addresses of the parts without which the site's script cannot run: browsers may ask for them all at once. */
  beside: readonly string[];
  /** The addresses of the site's script and of all the parts that it may load. */
  siteScripts: readonly string[];
  /** Makes, once for each combination, the sheet and the sign in a station's and its shows' colours. */
  dress(stationColour: string, showColours: readonly string[]): Dress;
};

const SHEETS = [
  'tokens',
  'base',
  'masthead',
  'footer',
  'cover',
  'player',
  'bar',
  'menus',
  'rundown',
  'home',
  'shows',
  'episode',
].concat([
  'article',
  'moments',
  'transcript',
  'lists',
  'search',
  'share',
  'saved',
  'subscribe',
  'error',
  'print',
]);
const FONTS = ['latin-600', 'latin-800', 'latin-ext-600', 'latin-ext-800'];
/** What pages load: every page of the site `site`, the player in other sites' frames `embed`. */
const ENTRIES = ['site', 'embed'];
/** Old sheets that are kept beside the present one, for pages rendered just before a colour changed. */
const DRESSES_KEPT = 8;

/** Reads the assets from `public/` and from the font's package. Done once, at start. */
export function readAssets(publicFolder: string): Assets {
  const byName = new Map<string, Asset>();
  const present = new Map<string, string>();
  const dresses = new Map<string, Dress>();

  const add = (plain: string, body: Buffer): string => {
    const name = hashedName(plain, body);
    const type = mime.getType(plain) ?? 'application/octet-stream';
    byName.set(name, { type: isText(type) ? `${type}; charset=utf-8` : type, body });
    present.set(plain, name);
    return name;
  };
  for (const font of FONTS) add(`barlow-condensed-${font}.woff2`, readFileSync(fontFile(font)));
  const { scripts, entries, beside } = bundleScripts(join(publicFolder, 'js'), ENTRIES);
  for (const { name, body } of scripts) byName.set(name, { type: 'text/javascript; charset=utf-8', body });
  for (const [entry, name] of entries) present.set(`${entry}.js`, name);

  const sheet = readSheets(join(publicFolder, 'css')).replace(
    /url\("([\w-]+\.woff2)"\)/g,
    (whole, font: string) => whole.replace(font, present.get(font) ?? font),
  );

  const embedSheet = compact(readFileSync(join(publicFolder, 'embed/embed.css'), 'utf8'));

  const path = (plain: string): string => {
    const name = present.get(plain);
    if (name === undefined) throw new Error(`There is no asset named ${plain}`);
    return `/assets/${name}`;
  };
  return {
    find: (name) => byName.get(name),
    presentNameOf: (name) => present.get(name.replace(/-(?:[0-9a-f]{10}|[0-9A-Z]{8})(?=\.\w+$)/, '')),
    path,
    beside: (beside.get('site') ?? []).map((name) => `/assets/${name}`),
    siteScripts: scripts
      .filter(({ name }) => name !== entries.get('embed'))
      .map(({ name }) => `/assets/${name}`),
    dress(stationColour, showColours) {
      const theme = themeCss(stationColour, showColours);
      const known = dresses.get(theme);
      if (known !== undefined) return known;
      const dress = {
        sheet: `/assets/${add('site.css', Buffer.from(sheet + theme))}`,
        embedSheet: `/assets/${add('embed.css', Buffer.from(embedSheet + theme))}`,
        favicon: `/assets/${add('favicon.svg', Buffer.from(faviconSvg(stationColour)))}`,
      };
      dresses.set(theme, dress);
      const [oldestTheme, oldest] = [...dresses][0] ?? [];
      if (dresses.size > DRESSES_KEPT && oldestTheme !== undefined && oldest !== undefined) {
        dresses.delete(oldestTheme);
        for (const old of [oldest.sheet, oldest.embedSheet]) byName.delete(old.replace('/assets/', ''));
      }
      return dress;
    },
  };
}

function hashedName(plain: string, body: Buffer): string {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const dot = plain.lastIndexOf('.');
  return `${plain.slice(0, dot)}-${hash}${plain.slice(dot)}`;
}

const isText = (type: string): boolean => type.startsWith('text/') || type.endsWith('javascript');

function fontFile(name: string): string {
  const file = `@fontsource/barlow-condensed/files/barlow-condensed-${name}-normal.woff2`;
  return fileURLToPath(import.meta.resolve(file));
}

/** The sheets in their order, without comments and indentation. A sheet that SHEETS does not name is a slip. */
function readSheets(folder: string): string {
  const unknown = readdirSync(folder).filter((file) => !SHEETS.includes(file.replace(/\.css$/, '')));
  if (unknown.length > 0) throw new Error(`These sheets have no place in the order: ${unknown.join(', ')}`);
  return compact(SHEETS.map((name) => readFileSync(join(folder, `${name}.css`), 'utf8')).join('\n'));
}

function compact(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .replace(/\n+/g, '\n');
}
