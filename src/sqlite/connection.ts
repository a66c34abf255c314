import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';

const STATEMENTS_KEPT = 120;

function bindable(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite cannot hold a ${typeof value}`);
}

class Statement implements SqliteStatement {
  readonly reader: boolean;
  readonly #prepared: StatementSync;

  constructor(prepared: StatementSync) {
    this.#prepared = prepared;
    this.reader = prepared.columns().length > 0;
    // A write returns the number of the last row, and the full-text index has rows of its own with numbers beyond 2^53.
    if (!this.reader) prepared.setReadBigInts(true);
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#prepared.all(...parameters.map(bindable));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.#prepared.run(...parameters.map(bindable));
  }

  *iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    yield* this.#prepared.iterate(...parameters.map(bindable));
  }
}

/**
 * `lasting`: what was committed survives a power cut, too. `waits`: how long a writer waits for another process's lock (ms).
 */
export type ConnectionOptions = { writes: boolean; cacheKiB: number; lasting?: boolean; waits?: number };

/**
 * A connection to a SQLite file: Kysely for plain SQL, and the few things that only SQLite has. Prepared statements are kept;
 * the least recently used ones leave first.
 */
export class Connection<Tables> implements SqliteDatabase {
  readonly kysely: Kysely<Tables>;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Statement>();
  #users = 0;
  #retired = false;

  /** Opens the file, or a private database for `:memory:`. Throws SQLite's error when the file is no database. */
  constructor(file: string, { writes, cacheKiB, lasting = false, waits = 0 }: ConnectionOptions) {
    this.#database = new DatabaseSync(file, { timeout: writes ? 0 : 5000 });
    try {
      // Set before anything that may have to wait for another process's lock.
      this.#database.exec('pragma busy_timeout = 2000');
      this.#database.exec('pragma journal_mode = wal');
      this.#database.exec(
        `pragma synchronous = ${lasting ? 'full' : 'normal'}; pragma cache_size = -${cacheKiB}`,
      );
      this.#database.exec('pragma temp_store = memory');
      this.#database.exec(writes ? `pragma busy_timeout = ${waits}` : 'pragma query_only = on');
    } catch (error) {
      this.#database.close();
      throw error;
    }
    this.kysely = new Kysely({ dialect: new SqliteDialect({ database: this }) });
  }

  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    const statement = known ?? new Statement(this.#database.prepare(sql));
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > STATEMENTS_KEPT) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return statement;
  }

  /** Returns a statement that stays prepared for as long as the connection is open. */
  keep(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }

  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /** Runs a query of several steps; `retire` waits for its end. */
  async use<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      return await work(this.kysely);
    } finally {
      this.#users -= 1;
      if (this.#retired && this.#users === 0) this.close();
    }
  }

  /** Closes the connection as soon as no query runs in `use`. */
  retire(): void {
    this.#retired = true;
    if (this.#users === 0) this.close();
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}
