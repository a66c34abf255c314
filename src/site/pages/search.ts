import { SEARCH_PATH } from '../../model/addresses.ts';
import type { Answer } from '../answer.ts';
import type { Site } from '../site.ts';
import type { Visit } from '../visit.ts';
import { renderPage } from './page.ts';

const PAGE_SIZE = 20;
const LONGEST_QUERY = 200;
const DEEPEST_PAGE = 50;
/** How many tags are offered where there is nothing to show. */
const OFFERED_TAGS = 24;

/** `/search?q=&page=`: the form, and what was found. Held only while empty: there are as many queries as readers. */
export async function search(site: Site, visit: Visit): Promise<Answer> {
  const query = visit.query('q')?.slice(0, LONGEST_QUERY);
  const page = pageNumber(visit.query('page'));
  const found =
    query === undefined
      ? undefined
      : await site.catalogue.search(query, { page, size: PAGE_SIZE }, visit.now);
  const nothing = found === undefined || found.total === 0;
  const tags = nothing ? (await site.catalogue.tags(visit.now)).slice(0, OFFERED_TAGS) : [];
  const pageLink = (number: number): string =>
    visit.link(SEARCH_PATH, { q: query, page: number === 1 ? undefined : String(number) });
  return renderPage(site, visit, {
    view: 'search',
    section: 'search',
    path: SEARCH_PATH,
    parameters: { q: query, page: page === 1 ? undefined : String(page) },
    held: query === undefined,
    values: {
      query,
      found,
      tags,
      cards: (found?.hits ?? []).map(({ card, snippet, title }) => ({ ...card, snippet, titleRuns: title })),
      previousPath: found !== undefined && found.page > 1 ? pageLink(found.page - 1) : undefined,
      nextPath:
        found !== undefined && found.page < Math.min(found.pages, DEEPEST_PAGE)
          ? pageLink(found.page + 1)
          : undefined,
    },
    head: {
      title: query === undefined ? visit.texts.searchTitle : `${visit.texts.search}: ${query}`,
      description: visit.texts.searchExplained,
      hidden: true,
    },
  });
}

function pageNumber(text: string | undefined): number {
  const number = /^[1-9]\d{0,2}$/.test(text ?? '') ? Number(text) : 1;
  return Math.min(number, DEEPEST_PAGE);
}
