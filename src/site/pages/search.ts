import type { SearchHit, SearchPage } from '../../catalogue/catalogue.ts';
import { episodePath, SEARCH_PATH } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { momentText } from '../view-models/durations.ts';
import { renderPage } from './page.ts';
import { type Asked, activeFilters, askedIn } from './search-filters.ts';

const PAGE_SIZE = 20;
const DEEPEST_PAGE = 50;
/** How many tags are offered where there is nothing to show. */
const OFFERED_TAGS = 24;

/**
 * `/search?q=&show=&year=&tag=&person=&page=`: the form, and what was found. Only the empty form is held,
 * since there are as many queries as readers.
 */
export async function search(site: Site, request: PageRequest): Promise<SiteResponse> {
  const asked = askedIn(request);
  const { query, filter, parameters } = asked;
  const page = pageNumber(request.query('page'));
  const isAsked = query !== undefined || Object.keys(filter).length > 0;
  const found = isAsked
    ? await site.catalogue.search(query ?? '', { ...filter, page, size: PAGE_SIZE }, request.now)
    : undefined;
  const filters = await activeFilters(site, request, asked);
  const nothing = found === undefined || found.total === 0;
  const tags = nothing ? (await site.catalogue.tags(request.now)).slice(0, OFFERED_TAGS) : [];
  const title =
    query === undefined
      ? [request.texts.searchTitle, ...filters.map(({ name }) => name)].join(', ')
      : `${request.texts.search}: ${[query, ...filters.map(({ name }) => name)].join(', ')}`;
  return renderPage(site, request, {
    view: 'search',
    section: 'search',
    path: SEARCH_PATH,
    parameters: { ...parameters, page: page === 1 ? undefined : String(page) },
    held: !isAsked,
    values: {
      query,
      filter,
      filters,
      nameOf: (kind: string) => filters.find((one) => one.kind === kind)?.name ?? '',
      shows: request.frame.shows,
      found,
      tags,
      years: await site.catalogue.years(request.now),
      sentence: sentenceOf(request, asked, found),
      without: nothing && filters.length > 0 ? await withoutFilters(site, request, asked) : undefined,
      cards: (found?.hits ?? []).map((hit) => rowOf(request, hit)),
      ...neighbours(request, asked, found),
    },
    head: { title, description: request.texts.searchExplained, hidden: isAsked },
  });
}

/** Returns the sentence above the hits. */
function sentenceOf(
  request: PageRequest,
  { query }: Asked,
  found: SearchPage | undefined,
): string | undefined {
  if (found === undefined || found.total === 0) return undefined;
  return query === undefined
    ? request.texts.filteredCount(found.total)
    : request.texts.results(found.total, query);
}

/**
 * Returns, for a search without hits, the sentence that tells how many hits there are without the filters,
 * and the address of these.
 */
async function withoutFilters(
  site: Site,
  request: PageRequest,
  { query }: Asked,
): Promise<{ sentence: string | undefined; path: string }> {
  const path = request.link(SEARCH_PATH, { q: query });
  if (query === undefined) return { sentence: undefined, path };
  const { total } = await site.catalogue.search(query, { page: 1, size: 1 }, request.now);
  return { sentence: total === 0 ? undefined : request.texts.hiddenByFilters(total, query), path };
}

/** Returns a hit as a row shows it. A hit in the sound links to its moment. */
function rowOf(request: PageRequest, { card, snippet, title, moment }: SearchHit) {
  if (moment === undefined) return { ...card, snippet, titleRuns: title };
  const { segment, start, from, speaker } = moment;
  const path = request.link(episodePath(card.show, card.slug), {
    segment: segment === 0 ? undefined : String(segment + 1),
    t: String(Math.floor(start)),
  });
  const said = from === 'chapter' ? request.texts.inChapter : request.texts.inSpeech;
  return { ...card, snippet, titleRuns: title, moment: { path, time: momentText(start), said, speaker } };
}

function neighbours(request: PageRequest, { parameters }: Asked, found: SearchPage | undefined) {
  if (found === undefined) return {};
  const { page, pages } = found;
  const pathOf = (number: number): string =>
    request.link(SEARCH_PATH, { ...parameters, page: number === 1 ? undefined : String(number) });
  return {
    previousPath: page > 1 ? pathOf(page - 1) : undefined,
    nextPath: page < Math.min(pages, DEEPEST_PAGE) ? pathOf(page + 1) : undefined,
  };
}

function pageNumber(text: string | undefined): number {
  const number = /^[1-9]\d{0,2}$/.test(text ?? '') ? Number(text) : 1;
  return Math.min(number, DEEPEST_PAGE);
}
