import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const outbox: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table outbox (
      guid text primary key, published_at integer not null, noticed_at integer not null, told_at integer)`.execute(
      db,
    );
    await sql`create index outbox_to_tell on outbox (noticed_at) where told_at is null`.execute(db);
  },
};
