import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createFullText } from '../sqlite/full-text.ts';

/**
 * Lists for staff, who see every status: an index for each way in which they are narrowed, and the words of what the
 * public may not find.
 */
export const staff: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('episodes_by_status')
      .on('episodes')
      .columns(['status', 'published_at', 'key'])
      .execute();
    await db.schema
      .createIndex('episodes_by_show')
      .on('episodes')
      .columns(['show', 'status', 'published_at', 'key'])
      .execute();
    await createFullText(db, 'hidden_text');
    await readHiddenAgain(db);
  },
};

/** Hidden episodes were indexed without their words: they are removed, and their folders are read again. */
async function readHiddenAgain(db: Kysely<unknown>): Promise<void> {
  const hidden = sql`(select key from episodes where status <> 'published')`;
  await sql`update folders set signature = '' where key in ${hidden}`.execute(db);
  for (const table of ['guids', 'redirects']) {
    await sql`delete from ${sql.table(table)} where key in ${hidden}`.execute(db);
  }
  await sql`
    delete from episode_documents
    where episode_id in (select id from episodes where status <> 'published')`.execute(db);
  await sql`delete from episodes where status <> 'published'`.execute(db);
}
