import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { CatalogueTables } from '../schema.ts';
import { first } from './0001-first.ts';
import { staff } from './0002-staff.ts';
import { finding } from './0003-finding.ts';

const MIGRATIONS: Record<string, Migration> = {
  '0001-first': first,
  '0002-staff': staff,
  '0003-finding': finding,
};

/** The name of the newest migration: a catalogue whose last one differs is older or newer than this program. */
export const NEWEST_MIGRATION = '0003-finding';

/** Brings the tables up to date. Throws when a step fails, or when the database has had steps unknown to this program. */
export async function migrate(db: Kysely<CatalogueTables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
