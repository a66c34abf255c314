import type { Kysely } from 'kysely';
import type { EpisodeStatus } from '../../model/episode.ts';
import type { Cursor, Page, StaffCard, StaffFilter, StaffStatus } from '../catalogue.ts';
import { formatCursor, type ListPosition, parseCursor } from '../cursor.ts';
import type { CatalogueTables } from '../schema.ts';
import { showScope, statusScope } from '../search/document.ts';
import { parseSearchQuery } from '../search/search-query.ts';
import { newestRows } from '../sqlite/full-text.ts';
import { staffExpression } from '../sqlite/match.ts';
import { rowNumbers } from '../writing/row-numbers.ts';
import { cardFrom } from './episodes.ts';
import { scheduledIds } from './lists.ts';
import { completions, splits } from './vocabulary.ts';

type Db = Kysely<CatalogueTables>;
type Row = {
  id: number;
  key: string;
  status: EpisodeStatus;
  publishedAt: number;
  card: string;
  showTitle: string | null;
};
type Asked = { before?: Cursor; limit: number };

const STATUSES: readonly StaffStatus[] = ['scheduled', 'published', 'draft', 'review', 'withdrawn'];

/** Returns one page of the episodes of every status, newest first; an invalid cursor gives the first page. */
export async function staffCards(
  db: Db,
  filter: StaffFilter,
  page: Asked,
  now: number,
): Promise<Page<StaffCard>> {
  const shows = showsOf(filter);
  if (shows?.length === 0) return { items: [] };
  const text = filter.text?.trim() ?? '';
  const rows =
    text === ''
      ? await listed(db, { shows, status: filter.status }, page, now)
      : await found(db, { shows, status: filter.status, text }, page, now);
  const items = rows.slice(0, page.limit).map((row) => staffCard(row, now));
  const last = rows[page.limit - 1];
  return rows.length <= page.limit || last === undefined ? { items } : { items, next: formatCursor(last) };
}

/** Returns how many episodes each show has of each status; a show that has none of one has no entry for it. */
export async function staffTally(
  db: Db,
  now: number,
): Promise<{ show: string; status: StaffStatus; count: number }[]> {
  const rows = await db
    .selectFrom('episodes')
    .select((select) => ['show', 'status', select.fn.countAll<number>().as('count')])
    .groupBy(['show', 'status'])
    .execute();
  const scheduled = await db
    .selectFrom('episodes')
    .select((select) => ['show', select.fn.countAll<number>().as('count')])
    .where('status', '=', 'published')
    .where('published_at', '>', now)
    .groupBy('show')
    .execute();
  const later = new Map(scheduled.map(({ show, count }) => [show, count] as const));
  return [
    ...scheduled.map((row) => ({ ...row, status: 'scheduled' as const })),
    ...rows.map(({ show, status, count }) => {
      const apart = status === 'published' ? (later.get(show) ?? 0) : 0;
      return { show, status, count: count - apart };
    }),
  ];
}

/** Returns the sum of a tally over these shows, or over all. */
export function sumCounts(
  tally: Awaited<ReturnType<typeof staffTally>>,
  shows: readonly string[] | undefined,
): Record<StaffStatus, number> {
  const counts = { scheduled: 0, published: 0, draft: 0, review: 0, withdrawn: 0 };
  for (const { show, status, count } of tally) {
    if (shows === undefined || shows.includes(show)) counts[status] += count;
  }
  return counts;
}

function showsOf({ show, shows }: StaffFilter): string[] | undefined {
  if (show === undefined) return shows === undefined ? undefined : [...new Set(shows)];
  return shows === undefined || shows.includes(show) ? [show] : [];
}

const staffCard = (row: Row, now: number): StaffCard => ({
  ...cardFrom(row),
  key: row.key,
  status: row.status === 'published' && row.publishedAt > now ? 'scheduled' : row.status,
});

const rowsOf = (db: Db) =>
  db
    .selectFrom('episodes as episode')
    .leftJoin('shows as show', 'show.slug', 'episode.show')
    .select([
      'episode.id',
      'episode.key',
      'episode.status',
      'episode.published_at as publishedAt',
      'episode.card',
      'show.title as showTitle',
    ]);

const newestFirst = (a: ListPosition, b: ListPosition): number =>
  b.publishedAt - a.publishedAt || (a.key < b.key ? 1 : a.key > b.key ? -1 : 0);

/** Asked show by show and status by status: each reads no further in its index than the page is long. */
async function listed(
  db: Db,
  { shows, status }: { shows: string[] | undefined; status: StaffStatus | undefined },
  { before, limit }: Asked,
  now: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const show of shows ?? [undefined]) {
    for (const one of status === undefined ? STATUSES : [status]) {
      rows.push(
        ...(await newestOf(db, show, one, parseCursor(before), now)
          .limit(limit + 1)
          .execute()),
      );
    }
  }
  return rows.sort(newestFirst).slice(0, limit + 1);
}

function newestOf(
  db: Db,
  show: string | undefined,
  status: StaffStatus,
  before: ListPosition | undefined,
  now: number,
) {
  let query = rowsOf(db)
    .where('episode.status', '=', status === 'scheduled' ? 'published' : status)
    .orderBy('episode.published_at', 'desc')
    .orderBy('episode.key', 'desc');
  if (show !== undefined) query = query.where('episode.show', '=', show);
  if (status === 'scheduled') query = query.where('episode.published_at', '>', now);
  // One upper bound, not two, or SQLite would begin at the newest and pass over all that was on earlier pages.
  const latest = status === 'published' ? now : Number.MAX_SAFE_INTEGER;
  query = query.where('episode.published_at', '<=', Math.min(latest, before?.publishedAt ?? latest));
  if (before === undefined) return query;
  return query.where((where) =>
    where(
      where.refTuple('episode.published_at', 'episode.key'),
      '<',
      where.tuple(before.publishedAt, before.key),
    ),
  );
}

/** What has all the words, by row number, which is by date, nearly. */
async function found(
  db: Db,
  { shows, status, text }: { shows: string[] | undefined; status: StaffStatus | undefined; text: string },
  { before, limit }: Asked,
  now: number,
): Promise<Row[]> {
  const question = parseSearchQuery(text);
  const hints = { completions: await completions(db, question), splits: await splits(db, question) };
  const scopes = shows === undefined ? [] : [shows.map(showScope)];
  const place = parseCursor(before);
  const below = place === undefined ? undefined : await rowNumberOf(db, place);
  const asked = { before: below, limit: limit + 1 };
  const ids: number[] = [];

  const shown = staffExpression(question, { scopes, hints, begun: false });
  if (shown === undefined) return [];
  if (status === undefined || status === 'published' || status === 'scheduled') {
    const scheduled = status === undefined ? [] : await scheduledIds(db, now);
    const which = status === 'scheduled' ? { within: scheduled, without: [] } : { without: scheduled };
    ids.push(...(await newestRows(db, 'full_text', shown, { ...asked, ...which })));
  }
  if (status !== 'published' && status !== 'scheduled') {
    const narrowed = status === undefined ? scopes : [...scopes, [statusScope(status)]];
    // The completions are the public's words: a beginning finds those that only hidden episodes have.
    const hidden = staffExpression(question, { scopes: narrowed, hints, begun: true }) ?? shown;
    ids.push(...(await newestRows(db, 'hidden_text', hidden, { ...asked, without: [] })));
  }
  if (ids.length === 0) return [];
  const newest = ids.sort((a, b) => b - a).slice(0, limit + 1);
  return rowsOf(db).where('episode.id', 'in', newest).orderBy('episode.id', 'desc').execute();
}

/** The row number of the episode at a place; of one that is gone, the one that it would have had. */
async function rowNumberOf(db: Db, { publishedAt, key }: ListPosition): Promise<number | undefined> {
  const row = await db.selectFrom('episodes').select('id').where('key', '=', key).executeTakeFirst();
  return row?.id ?? rowNumbers(publishedAt, key).next().value;
}
