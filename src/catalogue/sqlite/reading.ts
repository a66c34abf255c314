import type { Kysely } from 'kysely';
import { Connection } from '../../sqlite/connection.ts';
import { migrate } from '../migrations/migrate.ts';
import type { Source } from '../reader.ts';
import type { CatalogueTables } from '../schema.ts';
import type { AddressBook } from './addresses.ts';
import { markOfCurrent, type Opened, openCurrent } from './generations.ts';
import { StateOfGeneration } from './state.ts';

/** How long another process's new generation may stay unnoticed, in milliseconds. */
const LOOKS_AT_CURRENT_EVERY = 200;
const NONE_YET = 'none';

/** Where a catalogue is read that others write: follows `current` from one generation to the next. */
export class GenerationReader implements Source {
  readonly #directory: string;
  readonly #addresses: AddressBook;
  #opened: Opened;
  #state: StateOfGeneration;
  #mark: string;
  #lookedAt: number;

  private constructor(directory: string, addresses: AddressBook, opened: Opened, mark: string) {
    this.#directory = directory;
    this.#addresses = addresses;
    this.#opened = opened;
    this.#state = new StateOfGeneration(opened);
    this.#mark = mark;
    this.#lookedAt = performance.now();
  }

  /** Opens what is there; while there is nothing that can be used, an empty catalogue stands in for it. */
  static async open(directory: string, addresses: AddressBook): Promise<GenerationReader> {
    const mark = markOfCurrent(directory);
    const opened = openCurrent(directory) ?? (await nothingYet());
    return new GenerationReader(directory, addresses, opened, mark);
  }

  get generation(): string {
    return this.#opened.generation;
  }

  state(now: number): string {
    this.#follow();
    return this.#state.at(now);
  }

  use<T>(query: (db: Kysely<CatalogueTables>) => Promise<T>): Promise<T> {
    this.#follow();
    return this.#opened.connection.use(query);
  }

  remembered(path: string): string | undefined {
    return this.#addresses.find(path);
  }

  /** Looks at `current` now, however lately that was done. */
  followNow(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#follow();
  }

  close(): void {
    this.#opened.connection.retire();
  }

  #follow(): void {
    const time = performance.now();
    if (time - this.#lookedAt < LOOKS_AT_CURRENT_EVERY) return;
    this.#lookedAt = time;
    const mark = markOfCurrent(this.#directory);
    // While nothing usable is open the file may become so without `current` changing: a writer migrates it.
    if (mark === this.#mark && this.#opened.generation !== NONE_YET) return;
    const next = openCurrent(this.#directory);
    this.#mark = mark;
    if (next === undefined) return;
    const before = this.#opened;
    this.#opened = next;
    this.#state = new StateOfGeneration(next);
    before.connection.retire();
  }
}

async function nothingYet(): Promise<Opened> {
  const connection = new Connection<CatalogueTables>(':memory:', { writes: true, cacheKiB: 100 });
  await migrate(connection.kysely);
  return { generation: NONE_YET, connection };
}
