import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mime from 'mime';
import { faviconSvg } from './favicon.ts';
import { themeCss } from './theme.ts';

export type Asset = { type: string; body: Buffer };

/** The addresses of what depends on the station's colours. */
export type Dress = { sheet: string; favicon: string };

/** Everything that pages load from us, under names that change with their bytes: cached for ever by whoever has it. */
export type Assets = {
  /** The bytes of `site-1f2e3d4c5b.js`; `undefined` for a name that is not (or no longer) one. */
  find(name: string): Asset | undefined;
  /** The present name of the asset that an older name stood for. */
  presentNameOf(name: string): string | undefined;
  /** The address of an asset by its plain name: `site.js`. Throws when there is none. */
  path(name: string): string;
  /** The browser's modules, the first of which loads the others. */
  modules: string[];
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
  'rundown',
  'home',
  'shows',
  'episode',
].concat(['article', 'lists', 'search', 'subscribe', 'error', 'print']);
const FONTS = ['latin-600', 'latin-800', 'latin-ext-600', 'latin-ext-800'];
const MODULES = ['player', 'moments', 'rows', 'copy'];
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
  const addModule = (plain: string, source: string): string =>
    add(
      plain,
      Buffer.from(
        source.replace(/from '\.\/([\w-]+\.js)'|import '\.\/([\w-]+\.js)'/g, (whole, a, b) => {
          const plainName = String(a ?? b);
          return whole.replace(plainName, present.get(plainName) ?? plainName);
        }),
      ),
    );

  for (const font of FONTS) add(`barlow-condensed-${font}.woff2`, readFileSync(fontFile(font)));
  for (const name of MODULES)
    addModule(`${name}.js`, readFileSync(join(publicFolder, 'js', `${name}.js`), 'utf8'));
  addModule('site.js', readFileSync(join(publicFolder, 'js', 'site.js'), 'utf8'));

  const sheet = readSheets(join(publicFolder, 'css')).replace(
    /url\("([\w-]+\.woff2)"\)/g,
    (whole, font: string) => whole.replace(font, present.get(font) ?? font),
  );

  const path = (plain: string): string => {
    const name = present.get(plain);
    if (name === undefined) throw new Error(`There is no asset named ${plain}`);
    return `/assets/${name}`;
  };
  return {
    find: (name) => byName.get(name),
    presentNameOf: (name) => present.get(name.replace(/-[0-9a-f]{10}(?=\.\w+$)/, '')),
    path,
    modules: ['site.js', ...MODULES.map((name) => `${name}.js`)].map(path),
    dress(stationColour, showColours) {
      const theme = themeCss(stationColour, showColours);
      const known = dresses.get(theme);
      if (known !== undefined) return known;
      const dress = {
        sheet: `/assets/${add('site.css', Buffer.from(sheet + theme))}`,
        favicon: `/assets/${add('favicon.svg', Buffer.from(faviconSvg(stationColour)))}`,
      };
      dresses.set(theme, dress);
      const [oldestTheme, oldest] = [...dresses][0] ?? [];
      if (dresses.size > DRESSES_KEPT && oldestTheme !== undefined && oldest !== undefined) {
        dresses.delete(oldestTheme);
        byName.delete(oldest.sheet.replace('/assets/', ''));
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
  return SHEETS.map((name) => readFileSync(join(folder, `${name}.css`), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .replace(/\n+/g, '\n');
}
