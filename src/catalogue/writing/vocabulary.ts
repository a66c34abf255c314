import type { Kysely } from 'kysely';
import type { CatalogueTables } from '../schema.ts';
import { stemsOf } from '../search/stems.ts';
import { indexedTerms } from '../sqlite/full-text.ts';
import { RowInserter } from './row-inserter.ts';

const WORDS_REMEMBERED = 150_000;
/** SQLite takes so many values in a statement, and more. */
const AT_ONCE = 500;

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

  /** Removes every word that no text holds any more, as far as its stems tell. */
  async forgetUnused(db: Kysely<CatalogueTables>): Promise<void> {
    const used = new Set([
      ...(await indexedTerms(db, 'full_text')),
      ...(await indexedTerms(db, 'said_text')),
    ]);
    const words = await db.selectFrom('vocabulary').select('word').execute();
    const unused = words.flatMap(({ word }) => (stemsOf(word).some((stem) => used.has(stem)) ? [] : word));
    for (let first = 0; first < unused.length; first += AT_ONCE)
      await db
        .deleteFrom('vocabulary')
        .where('word', 'in', unused.slice(first, first + AT_ONCE))
        .execute();
    this.#known = new Set();
  }

  /** Writes what is new, before the commit. */
  async flush(): Promise<void> {
    for (const word of this.#fresh) await this.#rows.insert(word);
    this.#fresh = [];
    if (this.#known.size > WORDS_REMEMBERED) this.#known = new Set();
  }
}
