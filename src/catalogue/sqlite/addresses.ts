import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { RememberedAddress } from '../public-path.ts';
import { isDamage } from './faults.ts';

const SCHEMA = `
  pragma busy_timeout = 5000;
  pragma journal_mode = wal;
  pragma synchronous = normal;
  create table if not exists addresses (id integer primary key, path text not null unique, guid text not null);
  create index if not exists addresses_by_guid on addresses (guid);`;

const REMEMBER = `
  insert into addresses (path, guid) values (?, ?)
  on conflict (path) do update set guid = excluded.guid where guid <> excluded.guid`;

/**
 * Every path that was ever public, with the guid it stood for. It outlives the catalogue: a rebuilt one could not know
 * under which name a renamed folder was once published.
 */
export class AddressBook {
  readonly #file: string;
  readonly #writes: boolean;
  #database: DatabaseSync | undefined;
  #find: StatementSync | undefined;

  constructor(file: string, { writes }: { writes: boolean }) {
    this.#file = file;
    this.#writes = writes;
  }

  /** Writes the addresses in one short transaction; those known already cost a look-up. */
  remember(addresses: readonly RememberedAddress[]): void {
    if (addresses.length === 0) return;
    const database = this.#open();
    if (database === undefined) return;
    const insert = database.prepare(REMEMBER);
    database.exec('begin immediate');
    try {
      for (const { path, guid } of addresses) insert.run(path, guid);
      database.exec('commit');
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  }

  /** Returns the guid for which the path stood last. */
  find(path: string): string | undefined {
    const database = this.#open();
    if (database === undefined) return undefined;
    this.#find ??= database.prepare('select guid from addresses where path = ?');
    const guid = this.#find.get(path)?.guid;
    return typeof guid === 'string' ? guid : undefined;
  }

  /** Returns the path that was the first to stand for this guid, of those that still do. */
  firstOf(guid: string): string | undefined {
    const path = this.#open()
      ?.prepare('select path from addresses where guid = ? order by id limit 1')
      .get(guid)?.path;
    return typeof path === 'string' ? path : undefined;
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#find = undefined;
  }

  #open(): DatabaseSync | undefined {
    if (this.#database !== undefined) return this.#database;
    if (!this.#writes && !existsSync(this.#file)) return undefined;
    mkdirSync(dirname(this.#file), { recursive: true });
    try {
      this.#database = opened(this.#file);
    } catch (error) {
      if (!this.#writes) return undefined;
      if (!isDamage(error)) throw error;
      // Set aside, not deleted: somebody may be able to save what is in it.
      renameSync(this.#file, `${this.#file}.damaged-${Date.now()}`);
      this.#database = opened(this.#file);
    }
    return this.#database;
  }
}

function opened(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
