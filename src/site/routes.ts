import type { Express, NextFunction, Request, Response } from 'express';
import { errorOutcome, NotFound } from './errors.ts';
import { type PageRequest, readPageRequest } from './page-request.ts';
import { archive, month, year } from './pages/archive.ts';
import { category } from './pages/category.ts';
import { embed, embedError, isEmbed } from './pages/embed.ts';
import { episode } from './pages/episode.ts';
import { errorPage } from './pages/error.ts';
import { home } from './pages/home.ts';
import { people, person } from './pages/people.ts';
import { offline, saved } from './pages/saved.ts';
import { search } from './pages/search.ts';
import { show, shows } from './pages/show.ts';
import { subscribe } from './pages/subscribe.ts';
import { suggest } from './pages/suggest.ts';
import { tag, tags } from './pages/tag.ts';
import { asset } from './resources/asset.ts';
import { card } from './resources/card.ts';
import * as feed from './resources/feed.ts';
import { health } from './resources/health.ts';
import { icon } from './resources/icon.ts';
import { oembed } from './resources/oembed.ts';
import { picture } from './resources/picture.ts';
import { robots } from './resources/robots.ts';
import { segmentFile } from './resources/segment-file.ts';
import { serviceWorker } from './resources/service-worker.ts';
import { sitemap, sitemapOfPages, sitemapOfYear } from './resources/sitemap.ts';
import { peaks } from './resources/waveform.ts';
import { manifest } from './resources/web-manifest.ts';
import { redirectTo, type SiteResponse } from './response.ts';
import type { Site } from './site.ts';

type Handler = (site: Site, request: PageRequest) => Promise<SiteResponse>;

/** Each address with its handler. A feed's page number is digits alone, so that `feed-x.xml` is not found. */
const PAGES: [string | RegExp, Handler][] = [
  ['/', home],
  ['/feed.xml', feed.rss(feed.stationSubject)],
  ['/feed.json', feed.json(feed.stationSubject)],
  [/^\/feed-(?<page>[1-9]\d{0,5})\.xml$/, feed.rssArchive(feed.stationSubject)],
  ['/opml.xml', feed.subscriptions],
  ['/shows', shows],
  ['/shows/:show', show],
  ['/shows/:show/feed.xml', feed.rss(feed.showSubject)],
  ['/shows/:show/feed.json', feed.json(feed.showSubject)],
  [/^\/shows\/(?<show>[^/]+)\/feed-(?<page>[1-9]\d{0,5})\.xml$/, feed.rssArchive(feed.showSubject)],
  ['/shows/:show/:episode', episode],
  ['/shows/:show/:episode/:file.peaks', peaks],
  [/^\/shows\/(?<show>[^/]+)\/(?<episode>[^/]+)\/card-(?<mark>[0-9a-f]{10})\.png$/, card],
  ['/shows/:show/:episode/:file', segmentFile],
  ['/embed/:show/:episode', embed],
  ['/oembed', oembed],
  ['/pictures/:id/:variant', picture],
  ['/tags', tags],
  ['/tags/:tag', tag],
  ['/tags/:tag/feed.xml', feed.rss(feed.tagSubject)],
  ['/categories/:category', category],
  ['/categories/:category/feed.xml', feed.rss(feed.categorySubject)],
  ['/people', people],
  ['/people/:person', person],
  ['/people/:person/feed.xml', feed.rss(feed.personSubject)],
  ['/archive', archive],
  ['/archive/:year', year],
  [/^\/archive\/(?<year>\d{4})\/(?<month>0[1-9]|1[0-2])$/, month],
  ['/search', search],
  ['/suggest', suggest],
  ['/subscribe', subscribe],
  ['/saved', saved],
  ['/offline', offline],
  ['/manifest.webmanifest', manifest],
  ['/icons/:name', icon],
  ['/sw.js', serviceWorker],
  ['/robots.txt', robots],
  ['/sitemap.xml', sitemap],
  ['/sitemap-pages.xml', sitemapOfPages],
  [/^\/sitemap-(?<year>\d{1,4})-(?<page>[1-9]\d{0,3})\.xml$/, sitemapOfYear],
];

/** Every public address, as docs/security.md lists them. */
export const PUBLIC_PATHS: readonly string[] = [
  '/healthz',
  '/assets/:name',
  '/favicon.ico',
  ...PAGES.map(([path]) => (typeof path === 'string' ? path : readable(path))),
];

/** Returns a path for people, `/shows/:show/feed-:page.xml`, from the expression that matches it. */
function readable(path: RegExp): string {
  return path.source
    .replace(/^\^|\$$/g, '')
    .replace(/\(\?<(\w+)>(?:[^()]|\([^()]*\))*\)/g, ':$1')
    .replace(/\\(.)/g, '$1');
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Adds every public address to the application, and the answers for missing pages and failures. */
export function addRoutes(app: Express, site: Site): void {
  const reply = async (req: Request, res: Response, answer: SiteResponse): Promise<void> => {
    // Only the one canonical address is held, since invented parameters and spellings would fill the memory.
    const hold = answer.cacheKey === req.originalUrl ? { cacheAs: req.originalUrl } : {};
    await site.delivery.send(req, res, answer.resource, hold);
  };
  const add = (path: string | RegExp, handle: (req: Request) => Promise<SiteResponse>): void => {
    const answer = async (req: Request, res: Response): Promise<void> => reply(req, res, await handle(req));
    app.get(path, answer);
    app.options(path, answer);
  };

  app.use((req: Request, res: Response, next: NextFunction) => {
    if (READING.has(req.method)) next();
    else
      res
        .status(405)
        .set('Allow', [...READING].join(', '))
        .end();
  });
  add('/healthz', () => health(site));
  // Assets need no page request: pages that are shown before there is a station need their sheet, too.
  add('/assets/:name', (req) => asset(site, String(req.params.name)));
  add('/favicon.ico', async () =>
    redirectTo(302, (await site.frame().catch(() => site.fallbackFrame)).theme.favicon),
  );
  for (const [path, handler] of PAGES) {
    add(path, async (req) => handler(site, readPageRequest(site, await site.frame(), req)));
  }

  app.use((_req: Request, _res: Response, next: NextFunction) => next(new NotFound('No such address')));
  app.use(async (error: unknown, req: Request, res: Response, _next: NextFunction) => {
    const { status } = errorOutcome(error);
    if (status === 500) site.log.error({ err: error, path: req.path }, 'A page failed');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    await reply(req, res, await answerInstead(site, req, error));
  });
}

/**
 * Returns the redirect to where a missing page is now, otherwise the page of the error, and if even that
 * fails, one bare sentence.
 */
async function answerInstead(site: Site, req: Request, error: unknown): Promise<SiteResponse> {
  try {
    const request = readPageRequest(site, await site.frame().catch(() => site.fallbackFrame), req);
    const present = errorOutcome(error).status === 404 ? await presentPath(site, req) : undefined;
    if (present !== undefined) return redirectTo(301, request.link(present));
    return await (isEmbed(req.path) ? embedError : errorPage)(site, request, error);
  } catch (failure) {
    site.log.error({ err: failure, path: req.path }, 'An error page failed');
    return errorPage(site, readPageRequest(site, site.fallbackFrame, req), new Error('Failed twice'));
  }
}

/**
 * Returns the present path of an address that is no longer valid: without the slash at its end, or with a new
 * name.
 */
async function presentPath(site: Site, req: Request): Promise<string | undefined> {
  const bare = req.path.replace(/\/+$/, '');
  const remembered = (await site.catalogue.redirectFor(req.path)) ?? (await site.catalogue.redirectFor(bare));
  if (remembered !== undefined) return remembered;
  // Two slashes at the beginning would name another host.
  return bare !== req.path && /^\/[^/]/.test(bare) ? bare : undefined;
}
