import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleClassicScript } from '../../bundling/bundling.ts';
import { makeEdition } from '../../delivery/delivery.ts';
import { SAVED_PATH } from '../../model/addresses.ts';
import { LANGUAGES, type Language } from '../../texts/languages.ts';
import { siteTexts } from '../../texts/site-texts.ts';
import { linkIn } from '../links.ts';
import type { PageRequest } from '../page-request.ts';
import { OFFLINE_PATH, offline, saved } from '../pages/saved.ts';
import { REVALIDATE, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { iconPath } from '../view-models/app-icon.ts';

export const WORKER_PATH = '/sw.js';

/** One classic script, since not all browsers accept modules for it. */
const SOURCE = fileURLToPath(new URL('../../../public/sw/worker.js', import.meta.url));

/** Bundled when the first browser requests it, so that a start need not wait for it. */
let bundled: Promise<string> | undefined;

/**
 * `/sw.js`: the service worker, preceded by the names of all that it keeps. Whatever changes in the site's
 * shell (its scripts, its sheet and so its colours, the words on its pages) changes these bytes, by which
 * browsers notice it.
 */
export async function serviceWorker(site: Site, request: PageRequest): Promise<SiteResponse> {
  bundled ??= bundleClassicScript(SOURCE);
  const code = await bundled;
  const { frame } = request;
  const files = [
    frame.theme.sheet,
    frame.theme.favicon,
    ...site.assets.siteScripts,
    site.assets.path('barlow-condensed-core-600.woff2'),
    site.assets.path('barlow-condensed-core-800.woff2'),
    iconPath(frame.station, 'any-192.png'),
  ];
  const made = await Promise.all(LANGUAGES.map((language) => pagesIn(site, request, language)));
  const version = createHash('sha256')
    .update(JSON.stringify([code, files, made.map(({ etags }) => etags)]))
    .digest('hex')
    .slice(0, 10);
  const shell = {
    version,
    defaultLanguage: frame.defaultLanguage,
    files,
    pages: Object.fromEntries(made.map(({ language, paths }) => [language, paths])),
  };
  const resource = makeEdition({
    type: 'text/javascript; charset=utf-8',
    body: `const SHELL=${JSON.stringify(shell)};\n${code}`,
    cacheControl: REVALIDATE,
    // The policy in the worker's own response rules what it may fetch.
    headers: site.pageHeaders,
  });
  return { resource, cacheKey: WORKER_PATH };
}

/**
 * Returns the pages that work without a network, in a language: their addresses, and the ETags of their
 * present bytes.
 */
async function pagesIn(site: Site, request: PageRequest, language: Language) {
  const link = linkIn(language, request.frame.defaultLanguage);
  const there: PageRequest = { ...request, language, texts: siteTexts(language), link };
  const answers = await Promise.all([offline(site, there), saved(site, there)]);
  return {
    language,
    paths: { offline: link(OFFLINE_PATH), saved: link(SAVED_PATH) },
    etags: answers.map(({ resource }) => (resource.kind === 'edition' ? resource.etag : '')),
  };
}
