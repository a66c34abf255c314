import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createSaidText, createTitleText } from '../sqlite/full-text.ts';

/**
 * What is said in each segment, apart from the documents, which pages and feeds read without it; its words, and those of
 * titles, tags and people; lists by person and month.
 */
export const finding: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('transcripts')
      .addColumn('episode_id', 'integer', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('cues', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('transcripts_in_order', ['episode_id', 'position'])
      .modifyEnd(sql`without rowid`)
      .execute();
    await db.schema
      .createTable('list_words')
      .addColumn('word', 'text', (column) => column.notNull())
      .addColumn('list_id', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('list_words_in_order', ['word', 'list_id'])
      .modifyEnd(sql`without rowid`)
      .execute();
    await readAllAgain(db);
    await db.schema
      .alterTable('episodes')
      .addColumn('month', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
    await createSaidText(db);
    await createTitleText(db);
  },
};

/**
 * What was indexed before stands in other lists, under other scopes, and its documents have another shape: it goes, and
 * its folders count as not read. What was learnt of files stays, so that no audio is examined again. Until all folders
 * have been read nothing is shown: a feed with half of its items would have apps forget the others.
 */
async function readAllAgain(db: Kysely<unknown>): Promise<void> {
  await sql`insert into meta (name, value) select 'filling', '1' where exists (select 1 from episodes)`.execute(
    db,
  );
  await sql`update folders set signature = ''`.execute(db);
  for (const table of [
    'episodes',
    'episode_documents',
    'lists',
    'list_entries',
    'guids',
    'redirects',
    'vocabulary',
  ])
    await sql`delete from ${sql.table(table)}`.execute(db);
  for (const table of ['full_text', 'hidden_text'])
    await sql`insert into ${sql.table(table)} (${sql.ref(table)}) values ('delete-all')`.execute(db);
}
