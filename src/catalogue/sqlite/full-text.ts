import { type Kysely, sql } from 'kysely';
import type { CatalogueTables } from '../schema.ts';
import type { SaidText, SearchableText } from '../search/document.ts';

/**
 * `full_text` has what is published (scheduled too), `hidden_text` all else: the public's search knows of the first alone.
 * `said_text` has what is published and has a transcript: its text once more, and what is said in it.
 */
export type FullTextTable = 'full_text' | 'hidden_text' | 'said_text';

/**
 * Makes a full-text index. The words come folded and stemmed, so the plainest tokenizer does: it splits at ASCII
 * punctuation and leaves every other letter alone. Contentless: the texts themselves are in `episode_documents`.
 */
export async function createFullText(
  db: Kysely<unknown>,
  table: Exclude<FullTextTable, 'said_text'>,
): Promise<void> {
  await sql`
    create virtual table ${sql.table(table)} using fts5(
      title, people, tags, summary, body, segments, scope,
      content='', contentless_delete=1, tokenize='ascii'
    )`.execute(db);
}

/**
 * Makes the index of what is said. It is apart from `full_text` since bm25 counts the length of the whole row: an hour of
 * talk would bury the title of its own episode.
 */
export async function createSaidText(db: Kysely<unknown>): Promise<void> {
  await sql`
    create virtual table said_text using fts5(
      text, said, scope, content='', contentless_delete=1, tokenize='ascii'
    )`.execute(db);
}

/** Makes the index of the words of titles as they are written (folded, not stemmed), for what is still being typed. */
export async function createTitleText(db: Kysely<unknown>): Promise<void> {
  await sql`
    create virtual table title_text using fts5(
      title, content='', contentless_delete=1, tokenize='ascii', prefix='2 3', detail='none'
    )`.execute(db);
}

/** Puts the words of an episode under its row number. There must be none yet. */
export async function insertFullText(
  db: Kysely<CatalogueTables>,
  table: Exclude<FullTextTable, 'said_text'>,
  id: number,
  text: SearchableText,
): Promise<void> {
  await sql`
    insert into ${sql.table(table)} (rowid, title, people, tags, summary, body, segments, scope)
    values (${id}, ${text.title}, ${text.people}, ${text.tags}, ${text.summary}, ${text.body},
      ${text.segments}, ${text.scope})`.execute(db);
}

/** Puts what is said in an episode under its row number. There must be nothing yet. */
export async function insertSaidText(
  db: Kysely<CatalogueTables>,
  id: number,
  { text, said, scope }: SaidText,
): Promise<void> {
  await sql`insert into said_text (rowid, text, said, scope) values (${id}, ${text}, ${said}, ${scope})`.execute(
    db,
  );
}

/** Puts the words of an episode's title under its row number. There must be none yet. */
export async function insertTitleText(db: Kysely<CatalogueTables>, id: number, title: string): Promise<void> {
  await sql`insert into title_text (rowid, title) values (${id}, ${title})`.execute(db);
}

/** Takes the words of an episode out of each of these indexes. */
export async function deleteFullText(
  db: Kysely<CatalogueTables>,
  tables: readonly (FullTextTable | 'title_text')[],
  id: number,
): Promise<void> {
  for (const table of tables) await sql`delete from ${sql.table(table)} where rowid = ${id}`.execute(db);
}

/** Rewrites the indexes without deleted rows, which until then are only skipped. */
export async function forgetDeletedText(db: Kysely<CatalogueTables>): Promise<void> {
  for (const table of ['full_text', 'hidden_text', 'said_text', 'title_text'] as const)
    await sql`insert into ${sql.table(table)} (${sql.ref(table)}) values ('optimize')`.execute(db);
}

/** Returns every term that stands in an index (fts5vocab, SQLite's FTS5 documentation, section 8). */
export async function indexedTerms(db: Kysely<CatalogueTables>, table: FullTextTable): Promise<Set<string>> {
  const terms = sql.table(`${table}_terms`);
  await sql`create virtual table if not exists temp.${terms} using fts5vocab(main, ${sql.lit(table)}, row)`.execute(
    db,
  );
  const { rows } = await sql<{ term: string }>`select term from temp.${terms}`.execute(db);
  return new Set(rows.map(({ term }) => term));
}

/** A row of an index that matches; the lower its rank, the better. */
export type RankedRow = { id: number; rank: number };

/** Which of the rows that match: those below `before`, among `within`, not `without`, and not those that match in `full_text`. */
export type RowChoice = {
  before?: number;
  within?: readonly number[];
  without: readonly number[];
  exceptMatch?: string;
};

/**
 * How much a word counts by where it stands: title, people, tags, summary, body, segments; what is said as much as what is
 * written around it. `scope` counts nothing.
 */
const WEIGHTS = { full_text: '10, 6, 6, 4, 1, 2, 0', said_text: '1, 1, 0' } as const;

const listed = (ids: readonly number[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`;

function chosen({ before, within, without, exceptMatch }: RowChoice) {
  const conditions = [
    ...(before === undefined ? [] : [sql`rowid < ${before}`]),
    ...(within === undefined ? [] : [sql`rowid in ${listed(within)}`]),
    ...(without.length === 0 ? [] : [sql`rowid not in ${listed(without)}`]),
    ...(exceptMatch === undefined
      ? []
      : [sql`rowid not in (select rowid from full_text where full_text match ${exceptMatch})`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/**
 * Returns the newest rows for an expression of `match.ts`, each with its rank (bm25). bm25 reads through all that is
 * known of each word, and takes some microseconds for each row besides.
 */
export async function rankedRows(
  db: Kysely<CatalogueTables>,
  table: keyof typeof WEIGHTS,
  match: string,
  { limit, ...choice }: RowChoice & { limit: number },
): Promise<RankedRow[]> {
  const name = sql.table(table);
  const { rows } = await sql<RankedRow>`
    select rowid as id, bm25(${name}, ${sql.raw(WEIGHTS[table])}) as rank from ${name}
    where ${name} match ${match} and ${chosen(choice)}
    order by rowid desc limit ${limit}`.execute(db);
  return rows;
}

/** Returns the numbers of the newest rows of a table that match. It reads no further than it must. */
export async function newestRows(
  db: Kysely<CatalogueTables>,
  table: FullTextTable | 'title_text',
  match: string,
  { limit, offset = 0, ...choice }: RowChoice & { limit: number; offset?: number },
): Promise<number[]> {
  const name = sql.table(table);
  const { rows } = await sql<{ id: number }>`
    select rowid as id from ${name}
    where ${name} match ${match} and ${chosen(choice)}
    order by rowid desc limit ${limit} offset ${offset}`.execute(db);
  return rows.map((row) => row.id);
}

/** Counts the rows for an expression of `match.ts`, without those left out; no further than `upTo`, where it is given. */
export async function countRows(
  db: Kysely<CatalogueTables>,
  table: FullTextTable,
  match: string,
  { upTo, ...choice }: RowChoice & { upTo?: number },
): Promise<number> {
  const name = sql.table(table);
  const matching = sql`from ${name} where ${name} match ${match} and ${chosen(choice)}`;
  const counted =
    upTo === undefined
      ? sql<{ count: number }>`select count(*) as count ${matching}`
      : sql<{ count: number }>`select count(*) as count from (select 1 ${matching} limit ${upTo})`;
  const { rows } = await counted.execute(db);
  return rows[0]?.count ?? 0;
}
