import type { Kysely } from 'kysely';
import type { CatalogueTables } from '../schema.ts';
import { RowInserter } from './row-inserter.ts';

const WORDS_REMEMBERED = 150_000;

/** Keeps the list of all words that occur; words already known cost nothing. */
export class VocabularyKeeper {
  readonly #rows: RowInserter<'vocabulary'>;
  #known = new Set<string>();
  #fresh: string[] = [];

  constructor(db: Kysely<CatalogueTables>) {
    this.#rows = new RowInserter(db, 'vocabulary', ['word'], ['word']);
  }

  add(words: Iterable<string>): void {
    for (const word of words) {
      if (this.#known.has(word)) continue;
      this.#known.add(word);
      this.#fresh.push(word);
    }
  }

  /** Writes what is new, before the commit. */
  async flush(): Promise<void> {
    for (const word of this.#fresh) await this.#rows.insert(word);
    this.#fresh = [];
    if (this.#known.size > WORDS_REMEMBERED) this.#known = new Set();
  }
}
