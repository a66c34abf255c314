import { type CompiledQuery, type Kysely, sql } from 'kysely';
import type { CatalogueTables } from '../schema.ts';

type Cell = string | number | null;

/**
 * Inserts rows into one table by a statement that is built once: to build it costs more than an insertion, and an index
 * of 100 000 episodes makes a million. Row by row: a statement with several must be able to take half of them back, for
 * which SQLite copies every page that it changes.
 */
export class RowInserter<Table extends keyof CatalogueTables> {
  readonly #db: Kysely<CatalogueTables>;
  readonly #built: CompiledQuery;

  /** `key`: the columns by which a row is recognized as present; a present row is left as it is. */
  constructor(
    db: Kysely<CatalogueTables>,
    table: Table,
    columns: readonly (keyof CatalogueTables[Table] & string)[],
    key: readonly (keyof CatalogueTables[Table] & string)[],
  ) {
    const references = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));
    const values = sql.join(columns.map(() => null));
    this.#db = db;
    this.#built = sql`insert into ${sql.table(table)} (${references(columns)}) values (${values})
      on conflict (${references(key)}) do nothing`.compile(db);
  }

  /** Inserts a row whose cells stand in the order of the columns. Returns whether it was not there before. */
  async insert(...row: readonly Cell[]): Promise<boolean> {
    const { numAffectedRows } = await this.#db.executeQuery({ ...this.#built, parameters: row });
    return numAffectedRows === 1n;
  }
}
