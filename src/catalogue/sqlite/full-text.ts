import { type Kysely, sql } from 'kysely';
import type { CatalogueTables } from '../schema.ts';
import type { SearchableText } from '../search/document.ts';

/** `full_text` has what is published (scheduled too), `hidden_text` all else: the public's search knows of the first alone. */
export type FullTextTable = 'full_text' | 'hidden_text';

/**
 * Makes a full-text index. The words come folded and stemmed, so the plainest tokenizer does: it splits at ASCII
 * punctuation and leaves every other letter alone. Contentless: the texts themselves are in `episode_documents`.
 */
export async function createFullText(db: Kysely<unknown>, table: FullTextTable): Promise<void> {
  await sql`
    create virtual table ${sql.table(table)} using fts5(
      title, people, tags, summary, body, segments, scope,
      content='', contentless_delete=1, tokenize='ascii'
    )`.execute(db);
}

/** Puts the words of an episode under its row number. There must be none yet. */
export async function insertFullText(
  db: Kysely<CatalogueTables>,
  table: FullTextTable,
  id: number,
  text: SearchableText,
): Promise<void> {
  await sql`
    insert into ${sql.table(table)} (rowid, title, people, tags, summary, body, segments, scope)
    values (${id}, ${text.title}, ${text.people}, ${text.tags}, ${text.summary}, ${text.body},
      ${text.segments}, ${text.scope})`.execute(db);
}

/** Takes the words of an episode out. */
export async function deleteFullText(
  db: Kysely<CatalogueTables>,
  table: FullTextTable,
  id: number,
): Promise<void> {
  await sql`delete from ${sql.table(table)} where rowid = ${id}`.execute(db);
}

/** Has the index written anew without what was deleted from it, which until then is only passed over. */
export async function forgetDeletedText(db: Kysely<CatalogueTables>): Promise<void> {
  for (const table of ['full_text', 'hidden_text'] as const)
    await sql`insert into ${sql.table(table)} (${sql.ref(table)}) values ('optimize')`.execute(db);
}

/** Returns every term that stands in the index (fts5vocab, SQLite's FTS5 documentation, section 8). */
export async function indexedTerms(db: Kysely<CatalogueTables>, table: FullTextTable): Promise<Set<string>> {
  const terms = sql.table(`${table}_terms`);
  await sql`create virtual table if not exists temp.${terms} using fts5vocab(main, ${sql.lit(table)}, row)`.execute(
    db,
  );
  const { rows } = await sql<{ term: string }>`select term from temp.${terms}`.execute(db);
  return new Set(rows.map(({ term }) => term));
}

/** A row of the index that matches; the lower its rank, the better. */
export type RankedRow = { id: number; rank: number };

/** How much a word counts by where it stands: title, people, tags, summary, body, segments; `scope` counts nothing. */
const WEIGHTS = sql.raw('10, 6, 6, 4, 1, 2, 0');

const outside = (ids: readonly number[]) =>
  ids.length === 0 ? sql`true` : sql`rowid not in (select value from json_each(${JSON.stringify(ids)}))`;

/**
 * Returns the newest rows for an expression of `match.ts`, each with its rank (bm25), without those left out. bm25 reads
 * through all that is known of each word, and takes some microseconds for each row besides.
 */
export async function rankedRows(
  db: Kysely<CatalogueTables>,
  match: string,
  { without, limit }: { without: readonly number[]; limit: number },
): Promise<RankedRow[]> {
  const { rows } = await sql<RankedRow>`
    select rowid as id, bm25(full_text, ${WEIGHTS}) as rank from full_text
    where full_text match ${match} and ${outside(without)}
    order by rowid desc limit ${limit}`.execute(db);
  return rows;
}

/** Returns the numbers of the newest rows that match, without those left out. It reads no further than it must. */
export async function newestRows(
  db: Kysely<CatalogueTables>,
  match: string,
  { without, offset = 0, limit }: { without: readonly number[]; offset?: number; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select rowid as id from full_text where full_text match ${match} and ${outside(without)}
    order by rowid desc limit ${limit} offset ${offset}`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * Returns the numbers of the newest rows of a table that match: those below `before`, those among `within` where it is
 * given, without those left out.
 */
export async function newestRowsOf(
  db: Kysely<CatalogueTables>,
  table: FullTextTable,
  match: string,
  options: { before?: number; within?: readonly number[]; without: readonly number[]; limit: number },
): Promise<number[]> {
  const { before, within, without, limit } = options;
  const name = sql.table(table);
  const below = before === undefined ? sql`true` : sql`rowid < ${before}`;
  const among =
    within === undefined ? sql`true` : sql`rowid in (select value from json_each(${JSON.stringify(within)}))`;
  const { rows } = await sql<{ id: number }>`
    select rowid as id from ${name}
    where ${name} match ${match} and ${below} and ${among} and ${outside(without)}
    order by rowid desc limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Counts the rows for an expression of `match.ts`, without those left out. */
export async function countRows(
  db: Kysely<CatalogueTables>,
  match: string,
  without: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from full_text where full_text match ${match} and ${outside(without)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
