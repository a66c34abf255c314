import type { Kysely } from 'kysely';
import type { CatalogueQueries, Counted, ShowSummary } from './catalogue.ts';
import { PerState } from './per-state.ts';
import { cards, episodeByKey, publicEpisodes, segmentFile } from './queries/episodes.ts';
import { feedArchivePage, feedEntries } from './queries/feeds.ts';
import { labels, months, person, years } from './queries/labels.ts';
import { countIn, listsFor } from './queries/lists.ts';
import { faults, picture } from './queries/memory.ts';
import { redirectFor } from './queries/redirects.ts';
import { related } from './queries/related.ts';
import { search } from './queries/search.ts';
import { show, shows, station } from './queries/shows.ts';
import { staffCards, staffTally, sumCounts } from './queries/staff.ts';
import { suggestions } from './queries/suggestions.ts';
import { cues } from './queries/transcripts.ts';
import type { CatalogueTables } from './schema.ts';

/** Where queries find the tables at the moment; which file that is may change between one query and the next. */
export type Source = {
  state(now: number): string;
  use<T>(query: (db: Kysely<CatalogueTables>) => Promise<T>): Promise<T>;
  remembered(path: string): string | undefined;
};

/** Returns the queries, asked of whatever the source holds. The small lists of everything are kept for as long as the state. */
export function catalogueQueries(source: Source): CatalogueQueries {
  const showList = new PerState<ShowSummary[]>();
  const labelLists = {
    tag: new PerState<Counted[]>(),
    category: new PerState<Counted[]>(),
    person: new PerState<Counted[]>(),
  };
  const tally = new PerState<Awaited<ReturnType<typeof staffTally>>>();
  const yearList = new PerState<{ year: number; count: number }[]>();
  const monthList = new PerState<Awaited<ReturnType<typeof months>>>();
  const showsNow = (now: number) => showList.get(source.state(now), () => source.use((db) => shows(db, now)));
  const labelled = (kind: keyof typeof labelLists, now: number) =>
    labelLists[kind].get(source.state(now), () => source.use((db) => labels(db, kind, now)));

  return {
    state: (now) => source.state(now),
    station: () => source.use(station),
    shows: showsNow,
    show: (slug) => source.use((db) => show(db, slug)),
    episodeOfAnyStatus: (show, slug) => source.use((db) => episodeByKey(db, `${show}/${slug}`)),
    cards: (filter, page, now) => source.use((db) => cards(db, filter, page, now)),
    countEpisodes: (filter, now) =>
      source.use(async (db) => (await countIn(db, await listsFor(db, filter), now)).episodes),
    feedEntries: (filter, page, now) => source.use((db) => feedEntries(db, filter, page, now)),
    feedArchivePage: (filter, page, now) => source.use((db) => feedArchivePage(db, filter, page, now)),
    countFeedEntries: (filter, now) =>
      source.use(async (db) => (await countIn(db, await listsFor(db, filter), now)).segments),
    search: (text, page, now) => source.use((db) => search(db, text, page, now)),
    related: (episode, limit, now) => source.use((db) => related(db, episode, limit, now)),
    suggestions: async (text, asked, now) => {
      const shows = await showsNow(now);
      return source.use((db) => suggestions(db, text, { ...asked, shows }, now));
    },
    cues: (show, slug, position) => source.use((db) => cues(db, `${show}/${slug}`, position)),
    people: (now) => labelled('person', now),
    person: (slug, now) => source.use((db) => person(db, slug, now)),
    months: async (year, now) => {
      const all = await monthList.get(source.state(now), () => source.use((db) => months(db, now)));
      return all.filter((one) => one.year === year).map(({ month, count }) => ({ month, count }));
    },
    tags: (now) => labelled('tag', now),
    categories: (now) => labelled('category', now),
    years: (now) => yearList.get(source.state(now), () => source.use((db) => years(db, now))),
    segmentFile: (show, episode, file) => source.use((db) => segmentFile(db, `${show}/${episode}`, file)),
    picture: (id) => source.use((db) => picture(db, id)),
    redirectFor: (path, now = Date.now()) =>
      source.use((db) => redirectFor(db, path, (one) => source.remembered(one), now)),
    staffCards: (filter, page, now) => source.use((db) => staffCards(db, filter, page, now)),
    publicEpisodes: (now) => source.use((db) => publicEpisodes(db, now)),
    staffCounts: async ({ shows }, now) =>
      sumCounts(await tally.get(source.state(now), () => source.use((db) => staffTally(db, now))), shows),
    faults: (key) => source.use((db) => faults(db, key)),
  };
}
