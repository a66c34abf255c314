import type { SearchFilter } from '../../catalogue/catalogue.ts';
import { SEARCH_PATH, slugOf } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import type { Site } from '../site.ts';

/** An active filter: its kind, its name for people, and the address of the same search without it. */
export type ActiveFilter = { kind: keyof SearchFilter; name: string; without: string };

/** The parameters of a search's address. */
export type SearchParameters = Record<'q' | keyof SearchFilter, string | undefined>;

/** A visitor's search: the words, the filters, and the parameters of its address. */
export type Asked = {
  query: string | undefined;
  filter: SearchFilter;
  parameters: SearchParameters;
};

const LONGEST_QUERY = 200;
const LONGEST_NAME = 200;

/**
 * Returns what the address asks for. A tag or a person may be written as people write them; an invalid year
 * is ignored.
 */
export function askedIn(request: PageRequest): Asked {
  const query = request.query('q')?.slice(0, LONGEST_QUERY);
  const slug = (name: 'tag' | 'person'): string | undefined => {
    const written = request.query(name)?.slice(0, LONGEST_NAME);
    return written === undefined ? undefined : slugOf(written) || undefined;
  };
  const year = request.query('year');
  const filter = {
    show: request.query('show'),
    year: year !== undefined && /^\d{4}$/.test(year) ? Number(year) : undefined,
    tag: slug('tag'),
    person: slug('person'),
  };
  const given: SearchFilter = {
    ...(filter.show === undefined ? {} : { show: filter.show }),
    ...(filter.year === undefined ? {} : { year: filter.year }),
    ...(filter.tag === undefined ? {} : { tag: filter.tag }),
    ...(filter.person === undefined ? {} : { person: filter.person }),
  };
  const parameters = {
    q: query,
    show: filter.show,
    year: filter.year === undefined ? undefined : String(filter.year),
    tag: filter.tag,
    person: filter.person,
  };
  return { query, filter: given, parameters };
}

/** Returns the active filters, each by its name for people. */
export async function activeFilters(
  site: Site,
  request: PageRequest,
  { filter, parameters }: Asked,
): Promise<ActiveFilter[]> {
  const { show, year, tag, person } = filter;
  const without = (kind: keyof SearchFilter): string =>
    request.link(SEARCH_PATH, { ...parameters, [kind]: undefined });
  const named: [keyof SearchFilter, string | undefined][] = [
    ['show', show && (request.frame.shows.find(({ slug }) => slug === show)?.title ?? show)],
    ['year', year === undefined ? undefined : String(year)],
    ['tag', tag && ((await site.catalogue.tags(request.now)).find(({ slug }) => slug === tag)?.name ?? tag)],
    ['person', person && ((await site.catalogue.person(person, request.now))?.name ?? person)],
  ];
  return named.flatMap(([kind, name]) =>
    name === undefined ? [] : [{ kind, name, without: without(kind) }],
  );
}
