import type { Episode } from '../model/episode.ts';
import type { Records } from './records.ts';

/** The row of `facts` with the time at which the outbox began. */
const SINCE = 'outbox-since';
/** SQLite allows some thirty thousand values in a statement. */
const ROWS_AT_ONCE = 1_000;

/**
 * Writes, in one transaction, a row for each of these episodes that has none. An episode gets a single row in
 * its life, even if it is hidden and shown again. The very first call finds the episodes that were public
 * before the outbox began; nobody need be told of those.
 */
export async function addToOutbox(
  records: Records,
  episodes: readonly Pick<Episode, 'guid' | 'publishedAt'>[],
  now: number,
): Promise<void> {
  if (episodes.length === 0 && (await hasOutbox(records.db))) return;
  await records.write(async (db) => {
    const toldAt = (await hasOutbox(db)) ? null : now;
    for (let start = 0; start < episodes.length; start += ROWS_AT_ONCE)
      await db
        .insertInto('outbox')
        .values(
          episodes.slice(start, start + ROWS_AT_ONCE).map(({ guid, publishedAt }) => ({
            guid,
            published_at: publishedAt,
            noticed_at: now,
            told_at: toldAt,
          })),
        )
        .onConflict((conflict) => conflict.column('guid').doNothing())
        .execute();
    if (toldAt !== null)
      await db
        .insertInto('facts')
        .values({ name: SINCE, value: String(now) })
        .execute();
  });
}

const hasOutbox = async (db: Records['db']): Promise<boolean> =>
  (await db.selectFrom('facts').select('name').where('name', '=', SINCE).executeTakeFirst()) !== undefined;

/** Returns the guids that have a row. */
export async function guidsInOutbox({ db }: Records): Promise<Set<string>> {
  const rows = await db.selectFrom('outbox').select('guid').execute();
  return new Set(rows.map(({ guid }) => guid));
}
