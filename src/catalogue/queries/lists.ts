import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Episode } from '../../model/episode.ts';
import type { EpisodeFilter } from '../catalogue.ts';
import type { ListPosition } from '../cursor.ts';
import type { CatalogueTables, ListKind } from '../schema.ts';
import { stored } from '../stored.ts';
import { listsOf, monthSlug } from '../writing/lists.ts';

type Db = Kysely<CatalogueTables>;

/** Which row of `lists` an episode must be in, and which further ones. `id` narrows most. */
export type Lists = { id: number; also: number[]; episodes: number; segments: number };

function namesOf(filter: EpisodeFilter): { kind: ListKind; slug: string }[] {
  const names: { kind: ListKind; slug: string }[] = [];
  if (filter.show !== undefined) names.push({ kind: 'show', slug: filter.show });
  if (filter.tag !== undefined) names.push({ kind: 'tag', slug: filter.tag });
  if (filter.category !== undefined) names.push({ kind: 'category', slug: filter.category });
  if (filter.person !== undefined) names.push({ kind: 'person', slug: filter.person });
  const { year, month } = filter;
  if (year !== undefined && month !== undefined)
    names.push({ kind: 'month', slug: monthSlug({ year, month }) });
  else if (year !== undefined) names.push({ kind: 'year', slug: String(year) });
  return names.length > 0 ? names : [{ kind: 'all', slug: '' }];
}

/** Returns the lists that a filter names, the shortest first; `undefined` when one of them does not exist. */
export async function listsFor(db: Db, filter: EpisodeFilter): Promise<Lists | undefined> {
  const found = [];
  for (const { kind, slug } of namesOf(filter)) {
    const list = await db
      .selectFrom('lists')
      .select(['id', 'episodes', 'segments'])
      .where('kind', '=', kind)
      .where('slug', '=', slug)
      .executeTakeFirst();
    if (list === undefined) return undefined;
    found.push(list);
  }
  const [shortest, ...others] = found.sort((a, b) => a.episodes - b.episodes);
  return shortest && { ...shortest, also: others.map((list) => list.id) };
}

/** The public entries that are in all the lists, in no order yet. */
export function entriesIn(db: Db, lists: Lists, now: number) {
  let query = db
    .selectFrom('list_entries as entry')
    .where('entry.list_id', '=', lists.id)
    .where('entry.published_at', '<=', now);
  for (const id of lists.also) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('list_entries as other')
          .select(sql`1`.as('there'))
          .where('other.list_id', '=', id)
          .whereRef('other.published_at', '=', 'entry.published_at')
          .whereRef('other.key', '=', 'entry.key'),
      ),
    );
  }
  return query;
}

/** The same, newest first, and only what comes after the place. */
export function newestFirst(db: Db, lists: Lists, now: number, before?: ListPosition) {
  // One bound for the date, not two, or SQLite would begin at the newest and pass over all that was on earlier pages.
  const latest = before === undefined ? now : Math.min(now, before.publishedAt);
  const query = entriesIn(db, lists, latest)
    .orderBy('entry.published_at', 'desc')
    .orderBy('entry.key', 'desc');
  if (before === undefined) return query;
  return query.where((where) =>
    where(
      where.refTuple('entry.published_at', 'entry.key'),
      '<',
      where.tuple(before.publishedAt, before.key),
    ),
  );
}

/** Counts the public episodes and their segments that are in the lists. */
export async function countIn(
  db: Db,
  lists: Lists | undefined,
  now: number,
): Promise<{ episodes: number; segments: number }> {
  if (lists === undefined) return { episodes: 0, segments: 0 };
  if (lists.also.length > 0) return tallied(entriesIn(db, lists, now));
  // The list's own count holds the scheduled ones too; those are few, so they are counted and taken off.
  const scheduled = await tallied(
    db
      .selectFrom('list_entries as entry')
      .where('entry.list_id', '=', lists.id)
      .where('entry.published_at', '>', now),
  );
  return {
    episodes: lists.episodes - scheduled.episodes,
    segments: lists.segments - scheduled.segments,
  };
}

/** Returns the row numbers of the episodes that are published but whose time has not come. */
export async function scheduledIds(db: Db, now: number): Promise<number[]> {
  const all = await listsFor(db, {});
  if (all === undefined) return [];
  const rows = await db
    .selectFrom('list_entries')
    .select('episode_id')
    .where('list_id', '=', all.id)
    .where('published_at', '>', now)
    .execute();
  return rows.map((row) => row.episode_id);
}

/** How many episodes are scheduled in each list of a kind, by slug. They are few: their documents say it. */
async function scheduledCounts(db: Db, kind: ListKind, now: number): Promise<Map<string, number>> {
  const all = await listsFor(db, {});
  const counts = new Map<string, number>();
  if (all === undefined) return counts;
  const rows = await db
    .selectFrom('list_entries as entry')
    .innerJoin('episodes as episode', 'episode.id', 'entry.episode_id')
    .innerJoin('episode_documents', 'episode_documents.episode_id', 'entry.episode_id')
    .select(['episode.year', 'episode.month', 'episode_documents.document'])
    .where('entry.list_id', '=', all.id)
    .where('entry.published_at', '>', now)
    .execute();
  for (const row of rows) {
    for (const list of listsOf(stored<Episode>(row.document), row)) {
      if (list.kind === kind) counts.set(list.slug, (counts.get(list.slug) ?? 0) + 1);
    }
  }
  return counts;
}

/** Returns all lists of a kind in which there is something public, with how many episodes that is. */
export async function publicCounts(
  db: Db,
  kind: ListKind,
  now: number,
): Promise<{ id: number; slug: string; name: string | null; episodes: number }[]> {
  const scheduled = await scheduledCounts(db, kind, now);
  const rows = await db
    .selectFrom('lists')
    .select(['id', 'slug', 'name', 'episodes'])
    .where('kind', '=', kind)
    .execute();
  return rows
    .map((row) => ({ ...row, episodes: row.episodes - (scheduled.get(row.slug) ?? 0) }))
    .filter((row) => row.episodes > 0);
}

async function tallied(
  entries: ReturnType<typeof entriesIn>,
): Promise<{ episodes: number; segments: number }> {
  const row = await entries
    .select((select) => [
      select.fn.countAll<number>().as('episodes'),
      select.fn.coalesce(select.fn.sum<number>('entry.segments'), sql.lit(0)).as('segments'),
    ])
    .executeTakeFirstOrThrow();
  return { episodes: Number(row.episodes), segments: Number(row.segments) };
}
