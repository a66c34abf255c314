import { makeEdition } from '../../delivery/delivery.ts';
import {
  ARCHIVE_PATH,
  episodePath,
  HOME_PATH,
  monthPath,
  PEOPLE_PATH,
  personPath,
  SHOWS_PATH,
  SUBSCRIBE_PATH,
  showPath,
  TAGS_PATH,
  tagPath,
  yearPath,
} from '../../model/addresses.ts';
import type { EpisodeCard } from '../../model/episode.ts';
import { NotFound } from '../errors.ts';
import { escapeHtml } from '../head/escape.ts';
import type { PageRequest } from '../page-request.ts';
import { REVALIDATE, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

/** Addresses in one sitemap; the protocol allows 50 000 (sitemaps.org, "Sitemap index files"). */
const SITEMAP_SIZE = 10_000;
const MOST_LABELS = 4000;

/**
 * `/sitemap.xml`: every page; for a large station an index of sitemaps by year, of which the older ones no
 * longer change.
 */
export async function sitemap(site: Site, request: PageRequest): Promise<SiteResponse> {
  const years = await site.catalogue.years(request.now);
  const total = years.reduce((sum, { count }) => sum + count, 0);
  if (total <= SITEMAP_SIZE) {
    const { items } = await site.catalogue.cards({}, { limit: SITEMAP_SIZE }, request.now);
    return xmlAnswer(
      '/sitemap.xml',
      urlset([...(await mainPages(site, request)), ...episodeUrls(site, request, items)]),
    );
  }
  const maps = years.flatMap(({ year, count }) =>
    Array.from(
      { length: Math.ceil(count / SITEMAP_SIZE) },
      (_, index) => `/sitemap-${year}-${index + 1}.xml`,
    ),
  );
  const entries = ['/sitemap-pages.xml', ...maps].map((path) => `<sitemap>${loc(site, path)}</sitemap>`);
  return xmlAnswer('/sitemap.xml', document('sitemapindex', entries));
}

/** `/sitemap-pages.xml`: the pages that are not episodes. */
export async function sitemapOfPages(site: Site, request: PageRequest): Promise<SiteResponse> {
  return xmlAnswer('/sitemap-pages.xml', urlset(await mainPages(site, request)));
}

/** `/sitemap-2025-1.xml`: the episodes of a year, ten thousand at a time. */
export async function sitemapOfYear(site: Site, request: PageRequest): Promise<SiteResponse> {
  const [year, number] = [Number(request.part('year')), Number(request.part('page'))];
  let before: string | undefined;
  for (let page = 1; page <= number; page++) {
    const place = { limit: SITEMAP_SIZE, ...(before === undefined ? {} : { before }) };
    const { items, next } = await site.catalogue.cards({ year }, place, request.now);
    if (page === number && items.length > 0) {
      return xmlAnswer(`/sitemap-${year}-${number}.xml`, urlset(episodeUrls(site, request, items)));
    }
    if (next === undefined) break;
    before = next;
  }
  throw new NotFound('There is no such sitemap');
}

const loc = (site: Site, path: string): string => `<loc>${escapeHtml(site.config.publicUrl + path)}</loc>`;

/** Returns the general pages, then those that list episodes: of tags and people those with the most. */
async function mainPages(site: Site, request: PageRequest): Promise<string[]> {
  const { catalogue } = site;
  const [years, tags, people] = await Promise.all([
    catalogue.years(request.now),
    catalogue.tags(request.now),
    catalogue.people(request.now),
  ]);
  const months = await Promise.all(
    years.map(async ({ year }) =>
      (await catalogue.months(year, request.now)).map(({ month }) => monthPath(year, month)),
    ),
  );
  const pages = [
    ...[HOME_PATH, SHOWS_PATH, ARCHIVE_PATH, TAGS_PATH, PEOPLE_PATH, SUBSCRIBE_PATH],
    ...request.frame.shows.map((show) => showPath(show.slug)),
    ...years.map(({ year }) => yearPath(year)),
    ...months.flat(),
    ...tags.slice(0, MOST_LABELS).map(({ slug }) => tagPath(slug)),
    ...people.slice(0, MOST_LABELS).map(({ slug }) => personPath(slug)),
  ];
  return pages.map((path) => `<url>${loc(site, path)}</url>`);
}

function episodeUrls(site: Site, request: PageRequest, cards: EpisodeCard[]): string[] {
  return cards.map(({ show, slug, publishedAt }) => {
    const lastmod = `<lastmod>${request.dates.iso(publishedAt)}</lastmod>`;
    return `<url>${loc(site, episodePath(show, slug))}${lastmod}</url>`;
  });
}

const urlset = (urls: string[]): string => document('urlset', urls);

function document(element: string, entries: string[]): string {
  const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${element} xmlns="${namespace}">\n${entries.join('\n')}\n</${element}>\n`;
}

function xmlAnswer(path: string, body: string): SiteResponse {
  const resource = makeEdition({ type: 'application/xml; charset=utf-8', body, cacheControl: REVALIDATE });
  return { resource, cacheKey: path };
}
