import type { SearchHit, SearchPage } from '../../catalogue/catalogue.ts';
import { episodePath, SEARCH_PATH } from '../../model/addresses.ts';
import type { Visit } from '../page-request.ts';
import type { Answer } from '../response.ts';
import type { Site } from '../site.ts';
import { momentText } from '../view-models/durations.ts';
import { renderPage } from './page.ts';
import { type Asked, activeFilters, askedIn } from './search-filters.ts';

const PAGE_SIZE = 20;
const DEEPEST_PAGE = 50;
/** How many tags are offered where there is nothing to show. */
const OFFERED_TAGS = 24;

/** `/search?q=&show=&year=&tag=&person=&page=`: the form, and what was found. Held only while empty: there are as many queries as readers. */
export async function search(site: Site, visit: Visit): Promise<Answer> {
  const asked = askedIn(visit);
  const { query, filter, parameters } = asked;
  const page = pageNumber(visit.query('page'));
  const isAsked = query !== undefined || Object.keys(filter).length > 0;
  const found = isAsked
    ? await site.catalogue.search(query ?? '', { ...filter, page, size: PAGE_SIZE }, visit.now)
    : undefined;
  const filters = await activeFilters(site, visit, asked);
  const nothing = found === undefined || found.total === 0;
  const tags = nothing ? (await site.catalogue.tags(visit.now)).slice(0, OFFERED_TAGS) : [];
  const title =
    query === undefined
      ? [visit.texts.searchTitle, ...filters.map(({ name }) => name)].join(', ')
      : `${visit.texts.search}: ${[query, ...filters.map(({ name }) => name)].join(', ')}`;
  return renderPage(site, visit, {
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
      shows: visit.frame.shows,
      found,
      tags,
      years: await site.catalogue.years(visit.now),
      sentence: sentenceOf(visit, asked, found),
      without: nothing && filters.length > 0 ? await withoutFilters(site, visit, asked) : undefined,
      cards: (found?.hits ?? []).map((hit) => rowOf(visit, hit)),
      ...neighbours(visit, asked, found),
    },
    head: { title, description: visit.texts.searchExplained, hidden: isAsked },
  });
}

/** What stands above the hits. */
function sentenceOf(visit: Visit, { query }: Asked, found: SearchPage | undefined): string | undefined {
  if (found === undefined || found.total === 0) return undefined;
  return query === undefined
    ? visit.texts.filteredCount(found.total)
    : visit.texts.results(found.total, query);
}

/** Where nothing was found: how much there would be without the filters, and where. */
async function withoutFilters(
  site: Site,
  visit: Visit,
  { query }: Asked,
): Promise<{ sentence: string | undefined; path: string }> {
  const path = visit.link(SEARCH_PATH, { q: query });
  if (query === undefined) return { sentence: undefined, path };
  const { total } = await site.catalogue.search(query, { page: 1, size: 1 }, visit.now);
  return { sentence: total === 0 ? undefined : visit.texts.hiddenByFilters(total, query), path };
}

/** A hit as a row shows it. What was found in the sound opens there. */
function rowOf(visit: Visit, { card, snippet, title, moment }: SearchHit) {
  if (moment === undefined) return { ...card, snippet, titleRuns: title };
  const { segment, start, from, speaker } = moment;
  const path = visit.link(episodePath(card.show, card.slug), {
    segment: segment === 0 ? undefined : String(segment + 1),
    t: String(Math.floor(start)),
  });
  const said = from === 'chapter' ? visit.texts.inChapter : visit.texts.inSpeech;
  return { ...card, snippet, titleRuns: title, moment: { path, time: momentText(start), said, speaker } };
}

function neighbours(visit: Visit, { parameters }: Asked, found: SearchPage | undefined) {
  if (found === undefined) return {};
  const { page, pages } = found;
  const pathOf = (number: number): string =>
    visit.link(SEARCH_PATH, { ...parameters, page: number === 1 ? undefined : String(number) });
  return {
    previousPath: page > 1 ? pathOf(page - 1) : undefined,
    nextPath: page < Math.min(pages, DEEPEST_PAGE) ? pathOf(page + 1) : undefined,
  };
}

function pageNumber(text: string | undefined): number {
  const number = /^[1-9]\d{0,2}$/.test(text ?? '') ? Number(text) : 1;
  return Math.min(number, DEEPEST_PAGE);
}
