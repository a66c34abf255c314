import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Connection } from '../sqlite/connection.ts';
import { first } from './migrations/0001-first.ts';
import { outbox } from './migrations/0002-outbox.ts';
import type { RecordsTables } from './tables.ts';

/** What reads and writes the records: `Records.db`, or within a transaction what `Records.write` gives. */
export type Db = Kysely<RecordsTables>;

/**
 * The database of what the folders cannot hold: accounts, sessions, drafts, uploads, jobs, versions, the
 * journal.
 */
export type Records = {
  /** For reading, and for single statements that write. */
  readonly db: Kysely<RecordsTables>;
  /**
   * Runs `work` as one lasting transaction that no other process writes beside. Nothing may be awaited in it
   * but its own statements. Throws what `work` throws, with nothing written.
   */
  write<T>(work: (db: Kysely<RecordsTables>) => Promise<T>): Promise<T>;
  /** Differs whenever any process changed anything. Costs microseconds. */
  version(): string;
  close(): void;
};

const MIGRATIONS: Record<string, Migration> = { '0001-first': first, '0002-outbox': outbox };
const CACHE_KIB = 2_000;
const WAITS_MS = 5_000;

/**
 * Opens `studio.sqlite` in the folder, and creates it if it is missing. Several processes may have it open.
 *
 *     const records = await openRecords(config.dataDir);
 */
export async function openRecords(directory: string): Promise<Records> {
  mkdirSync(directory, { recursive: true });
  const connection = new Connection<RecordsTables>(join(directory, 'studio.sqlite'), {
    writes: true,
    cacheKiB: CACHE_KIB,
    lasting: true,
    waits: WAITS_MS,
  });
  connection.execute('pragma foreign_keys = on');
  // A withdrawn episode must leave no trace, so SQLite overwrites what is deleted.
  connection.execute('pragma secure_delete = on');
  const db = connection.kysely;
  const write: Records['write'] = (work) =>
    db.connection().execute(async (single) => {
      await sql`begin immediate`.execute(single);
      try {
        const result = await work(single);
        await sql`commit`.execute(single);
        return result;
      } catch (error) {
        await sql`rollback`.execute(single).catch(() => {});
        throw error;
      }
    });
  await migrate(db);
  const others = connection.keep('pragma data_version');
  const own = connection.keep('select total_changes()');
  const firstOf = (statement: typeof own) => Object.values(statement.get() ?? {})[0];
  return {
    db,
    write,
    version: () => `${firstOf(others)}.${firstOf(own)}`,
    close: () => connection.close(),
  };
}

/** Several processes may start at once: the first creates the tables, the others find them. */
async function migrate(db: Kysely<RecordsTables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  for (let tries = 0; ; tries += 1) {
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    if (tries >= 5) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** tries));
  }
}
