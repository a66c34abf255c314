import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createFullText } from '../sqlite/full-text.ts';

async function tablesOfContent(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('stations')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('shows')
    .addColumn('slug', 'text', (column) => column.primaryKey().notNull())
    .addColumn('guid', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('shows_by_guid').on('shows').column('guid').execute();
  await db.schema
    .createTable('episodes')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('show', 'text', (column) => column.notNull())
    .addColumn('guid', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('published_at', 'bigint', (column) => column.notNull())
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('stamp', 'text', (column) => column.notNull())
    .addColumn('card', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('episode_documents')
    .addColumn('episode_id', 'integer', (column) => column.primaryKey())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
}

async function tablesOfLists(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lists')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('episodes', 'integer', (column) => column.notNull())
    .addColumn('segments', 'integer', (column) => column.notNull())
    .addUniqueConstraint('lists_by_slug', ['kind', 'slug'])
    .execute();
  await db.schema
    .createTable('list_entries')
    .addColumn('list_id', 'integer', (column) => column.notNull())
    .addColumn('published_at', 'bigint', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('episode_id', 'integer', (column) => column.notNull())
    .addColumn('segments', 'integer', (column) => column.notNull())
    .addColumn('name', 'text')
    .addPrimaryKeyConstraint('list_entries_in_order', ['list_id', 'published_at', 'key'])
    .modifyEnd(sql`without rowid`)
    .execute();
}

async function tablesOfTheIndexer(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('guids')
    .addColumn('guid', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('guids_once', ['guid', 'key', 'position'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('redirects')
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('redirects_once', ['path', 'key'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('folders')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('faults', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('folders_with_faults')
    .on('folders')
    .column('key')
    .where(sql.ref('faults'), '<>', sql.lit('[]'))
    .execute();
  await db.schema
    .createTable('pictures')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('probes')
    .addColumn('file_key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('probe', 'text', (column) => column.notNull())
    .execute();
}

/** The first tables. Migrations never change once released: a new one follows instead. */
export const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('meta')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
    await tablesOfContent(db);
    await tablesOfLists(db);
    await tablesOfTheIndexer(db);
    await db.schema
      .createTable('vocabulary')
      .addColumn('word', 'text', (column) => column.primaryKey().notNull())
      .modifyEnd(sql`without rowid`)
      .execute();
    await createFullText(db, 'full_text');
  },
};
