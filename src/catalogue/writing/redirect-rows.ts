import type { Kysely } from 'kysely';
import { comparablePath } from '../public-path.ts';
import type { CatalogueTables } from '../schema.ts';
import { RowInserter } from './row-inserter.ts';

/** Writes the paths that a show or episode once had, within one transaction. */
export class RedirectRows {
  readonly #db: Kysely<CatalogueTables>;
  readonly #rows: RowInserter<'redirects'>;

  constructor(db: Kysely<CatalogueTables>) {
    this.#db = db;
    this.#rows = new RowInserter(db, 'redirects', ['path', 'key'], ['path', 'key']);
  }

  async put(key: string, redirectFrom: readonly string[]): Promise<void> {
    for (const address of redirectFrom) await this.#rows.insert(comparablePath(address), key);
  }

  async remove(key: string, redirectFrom: readonly string[]): Promise<void> {
    if (redirectFrom.length === 0) return;
    await this.#db
      .deleteFrom('redirects')
      .where('path', 'in', redirectFrom.map(comparablePath))
      .where('key', '=', key)
      .execute();
  }
}
