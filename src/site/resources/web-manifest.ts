import { makeEdition } from '../../delivery/delivery.ts';
import { HOME_PATH, SAVED_PATH, SEARCH_PATH } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import { REVALIDATE, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { type AppIcon, iconPath } from '../view-models/app-icon.ts';
import { colourText, parseColour } from '../view-models/colour.ts';

export const MANIFEST_PATH = '/manifest.webmanifest';

/** The paper of public/css/tokens.css, in its light theme. */
const PAPER = '#f5f2ec';
/** About as many characters as home screens show under an icon, on one line or two. */
const SHORT = 15;

/**
 * `/manifest.webmanifest`: the name and look of the site once it is installed (W3C Web Application Manifest).
 */
export async function manifest(_site: Site, request: PageRequest): Promise<SiteResponse> {
  const { frame, texts, link, language } = request;
  const { station } = frame;
  const iconOf = (name: AppIcon, purpose: string) => ({
    src: iconPath(station, name),
    sizes: name.endsWith('.svg') ? 'any' : name.replace(/^.*?(\d+)\.png$/, '$1x$1'),
    type: name.endsWith('.svg') ? 'image/svg+xml' : 'image/png',
    purpose,
  });
  const shortcut = (name: string, path: string) => ({ name, url: link(path) });
  const body = JSON.stringify({
    // The app is the same in every language.
    id: HOME_PATH,
    name: station.title,
    short_name: shortName(station.title),
    description: station.description,
    lang: language,
    dir: 'ltr',
    start_url: link(HOME_PATH),
    scope: HOME_PATH,
    display: 'standalone',
    background_color: PAPER,
    theme_color: colourText(parseColour(station.colour) ?? [0xe8, 0x32, 0x1a]),
    categories: ['news', 'podcasts'],
    icons: [
      iconOf('any-192.png', 'any'),
      iconOf('any-512.png', 'any'),
      iconOf('maskable-512.png', 'maskable'),
      iconOf('mono.svg', 'monochrome'),
    ],
    shortcuts: [
      shortcut(texts.home, HOME_PATH),
      shortcut(texts.savedShort, SAVED_PATH),
      shortcut(texts.search, SEARCH_PATH),
    ],
  });
  const resource = makeEdition({
    type: 'application/manifest+json; charset=utf-8',
    body,
    cacheControl: REVALIDATE,
  });
  return { resource, cacheKey: link(MANIFEST_PATH) };
}

/** Returns the name if it is short, otherwise as many of its words as fit. */
function shortName(title: string): string {
  const [first = '', ...others] = title.split(/\s+/);
  return others.reduce(
    (name, word) => (name.length + 1 + word.length <= SHORT ? `${name} ${word}` : name),
    first,
  );
}
