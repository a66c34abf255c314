import type { Kysely } from 'kysely';
import type { EpisodeFilter, FeedEntry } from '../catalogue.ts';
import type { ListPosition } from '../cursor.ts';
import type { CatalogueTables } from '../schema.ts';
import { episodesOf } from './episodes.ts';
import { countIn, type Lists, listsFor, newestFirst } from './lists.ts';

type Db = Kysely<CatalogueTables>;
type Counted = { episode_id: number; segments: number };

/** Returns the segments of the episodes in that order, one after the other, from `skip` on and `limit` of them. */
async function entriesOf(
  db: Db,
  episodes: readonly Counted[],
  skip: number,
  limit: number,
): Promise<FeedEntry[]> {
  const documents = await episodesOf(
    db,
    episodes.map((row) => row.episode_id),
  );
  const entries = episodes.flatMap(({ episode_id }) => {
    const episode = documents.get(episode_id);
    return episode?.segments.map((segment, position) => ({ episode, segment, position })) ?? [];
  });
  return entries.slice(skip, skip + limit);
}

/** Returns the newest entries of a feed, newest episode first, its segments in their order. */
export async function feedEntries(
  db: Db,
  filter: EpisodeFilter,
  { limit }: { limit: number },
  now: number,
): Promise<FeedEntry[]> {
  const lists = await listsFor(db, filter);
  if (lists === undefined) return [];
  const rows = await newestFirst(db, lists, now)
    .select(['entry.episode_id', 'entry.segments'])
    .limit(limit)
    .execute();
  const needed: Counted[] = [];
  let segments = 0;
  for (const row of rows) {
    if (segments >= limit) break;
    needed.push(row);
    segments += row.segments;
  }
  return entriesOf(db, needed, 0, limit);
}

/**
 * Returns page `number` of an archive feed (RFC 5005, section 4), counted from the oldest, so that a full page stays as
 * it is when something new appears. Beyond the last page there are no entries.
 */
export async function feedArchivePage(
  db: Db,
  filter: EpisodeFilter,
  { number, size }: { number: number; size: number },
  now: number,
): Promise<{ entries: FeedEntry[]; pages: number }> {
  const lists = await listsFor(db, filter);
  const { segments: total } = await countIn(db, lists, now);
  const pages = Math.ceil(total / size);
  if (lists === undefined || !Number.isInteger(number) || number < 1 || number > pages) {
    return { entries: [], pages };
  }
  // Counted from the newest: the page holds the entries from `first` to before `end`.
  const end = total - (number - 1) * size;
  const first = Math.max(0, end - size);
  const { before, passed } = await blockWith(db, lists, now, first);
  const rows = await newestFirst(db, lists, now, before)
    .select(['entry.episode_id', 'entry.segments'])
    .limit(BLOCK + size)
    .execute();
  let upto = passed;
  const needed: Counted[] = [];
  let skip = 0;
  for (const row of rows) {
    if (upto >= end) break;
    if (needed.length === 0) skip = first - upto;
    upto += row.segments;
    if (upto > first) needed.push(row);
  }
  return { entries: await entriesOf(db, needed, skip, end - first), pages };
}

/** How many episodes are skipped in one step: SQL adds up their segments faster than they can be read. */
const BLOCK = 2000;

/** Returns where the block begins that holds the `first` entry, and how many entries come before it. */
async function blockWith(
  db: Db,
  lists: Lists,
  now: number,
  first: number,
): Promise<{ before: ListPosition | undefined; passed: number }> {
  let before: ListPosition | undefined;
  let passed = 0;
  for (;;) {
    const block = newestFirst(db, lists, now, before);
    const { segments } = await db
      .selectFrom(block.select('entry.segments').limit(BLOCK).as('block'))
      .select((select) => select.fn.sum<number | null>('block.segments').as('segments'))
      .executeTakeFirstOrThrow();
    const last = await block
      .select(['entry.published_at as publishedAt', 'entry.key'])
      .limit(1)
      .offset(BLOCK - 1)
      .executeTakeFirst();
    if (last === undefined || passed + Number(segments) > first) return { before, passed };
    before = last;
    passed += Number(segments);
  }
}
