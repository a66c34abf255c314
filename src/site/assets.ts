import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mime from 'mime';
import { type Bundles, readBundles } from '../bundling/bundling.ts';
import { faviconSvg } from './view-models/favicon.ts';
import { themeCss } from './view-models/theme.ts';

export type Asset = { type: string; body: Buffer };

/** The addresses of what depends on the station's colours. */
export type ThemeAssets = { sheet: string; embedSheet: string; favicon: string };

/**
 * Everything that pages load from us, under names that change with the bytes, so that caches keep it for
 * ever.
 */
export type Assets = {
  /** Returns the bytes of `site-1f2e3d4c5b.js`; `undefined` for a name that does not exist (any more). */
  find(name: string): Asset | undefined;
  /** Returns the present name of an asset by an older one. */
  presentNameOf(name: string): string | undefined;
  /** The address of an asset by its plain name: `site.js`. Throws when there is none. */
  path(name: string): string;
  /**
   * The addresses of the modules without which the site's script cannot run, so that browsers load them all
   * at once.
   */
  beside: readonly string[];
  /** The addresses of the site's script and of all the parts that it may load. */
  siteScripts: readonly string[];
  /**
   * Returns the sheets and the favicon in the colours of a station and its shows. They are made once for each
   * combination.
   */
  themed(stationColour: string, showColours: readonly string[]): ThemeAssets;
};

/**
 * Our own subsets with the letters that nearly all pages need; other letters come from the package
 * (scripts/subset-fonts.sh).
 */
const CORE_FONTS = ['core-600', 'core-800'];
const FONTS = ['latin-600', 'latin-800', 'latin-ext-600', 'latin-ext-800'];
/** How many old sheets are kept, for pages rendered just before a colour changed. */
const THEMES_KEPT = 8;

const PUBLIC = fileURLToPath(new URL('../../public', import.meta.url));

/** What pages load: every page of the site `site`, the player in other sites' frames `embed`. */
const ENTRIES = {
  'site.js': 'js/site.js',
  'embed.js': 'js/embed.js',
  'site.css': 'css/site.css',
  'embed.css': 'embed/embed.css',
};

/** Made once in a process. */
let bundles: Promise<Bundles> | undefined;

function siteBundles(keptIn: string | undefined): Promise<Bundles> {
  const options = { splitting: true, external: ['*.woff2'] };
  bundles ??= readBundles({ name: 'site', folder: PUBLIC, entries: ENTRIES, options }, { keptIn });
  return bundles;
}

/**
 * Returns the assets, from `public/` and from the font's package. Read once, at start; `keptIn`: as for
 * `readBundles`.
 */
export async function readAssets(keptIn?: string): Promise<Assets> {
  const byName = new Map<string, Asset>();
  const present = new Map<string, string>();
  const themes = new Map<string, ThemeAssets>();

  const add = (plain: string, body: Buffer): string => {
    const name = hashedName(plain, body);
    const type = mime.getType(plain) ?? 'application/octet-stream';
    byName.set(name, { type: isText(type) ? `${type}; charset=utf-8` : type, body });
    present.set(plain, name);
    return name;
  };
  for (const font of CORE_FONTS) {
    const file = `barlow-condensed-${font}.woff2`;
    add(file, readFileSync(join(PUBLIC, 'fonts', file)));
  }
  for (const font of FONTS) add(`barlow-condensed-${font}.woff2`, readFileSync(fontFile(font)));
  const { files, entries, beside } = await siteBundles(keptIn);
  const scripts = Object.keys(files).filter((name) => name.endsWith('.js'));
  for (const name of scripts)
    byName.set(name, { type: 'text/javascript; charset=utf-8', body: Buffer.from(files[name] ?? '') });
  for (const plain of ['site.js', 'embed.js']) present.set(plain, entries[plain] ?? '');

  const sheetOf = (plain: string): string =>
    (files[entries[plain] ?? ''] ?? '').replace(/[\w-]+\.woff2/g, (font) => present.get(font) ?? font);
  const sheet = sheetOf('site.css');
  const embedSheet = sheetOf('embed.css');

  const path = (plain: string): string => {
    const name = present.get(plain);
    if (name === undefined) throw new Error(`There is no asset named ${plain}`);
    return `/assets/${name}`;
  };
  return {
    find: (name) => byName.get(name),
    presentNameOf: (name) => present.get(name.replace(/-(?:[0-9a-f]{10}|[0-9A-Z]{8})(?=\.\w+$)/, '')),
    path,
    beside: (beside['site.js'] ?? []).map((name) => `/assets/${name}`),
    siteScripts: scripts.filter((name) => name !== entries['embed.js']).map((name) => `/assets/${name}`),
    themed(stationColour, showColours) {
      const theme = themeCss(stationColour, showColours);
      const known = themes.get(theme);
      if (known !== undefined) return known;
      const made = {
        sheet: `/assets/${add('site.css', Buffer.from(sheet + theme))}`,
        embedSheet: `/assets/${add('embed.css', Buffer.from(embedSheet + theme))}`,
        favicon: `/assets/${add('favicon.svg', Buffer.from(faviconSvg(stationColour)))}`,
      };
      themes.set(theme, made);
      const [oldestTheme, oldest] = [...themes][0] ?? [];
      if (themes.size > THEMES_KEPT && oldestTheme !== undefined && oldest !== undefined) {
        themes.delete(oldestTheme);
        for (const old of [oldest.sheet, oldest.embedSheet]) byName.delete(old.replace('/assets/', ''));
      }
      return made;
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
