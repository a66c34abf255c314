import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { syncFileNow } from '../../disk/sync-to-disk.ts';
import type { CatalogueWriter } from '../catalogue.ts';
import { CatalogueBusy } from '../errors.ts';
import type { CatalogueTables } from '../schema.ts';
import { TransactionWriter } from '../writing/writer.ts';
import type { AddressBook } from './addresses.ts';
import { isBusy } from './faults.ts';
import {
  currentGeneration,
  generationFile,
  type Opened,
  openForWriting,
  openOrBegin,
} from './generations.ts';

/** How long a writer waits for another process's transaction, in milliseconds. */
const LONGEST_WAIT = 30_000;
const FILLING_CACHE_KIB = 64_000;
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 100;

/** The one connection of a catalogue that writes. Its transactions run one after the other. */
export class GenerationWriter {
  readonly #directory: string;
  readonly #addresses: AddressBook;
  readonly #follows: boolean;
  #opened: Opened;
  #writer: TransactionWriter;
  #previous: Promise<unknown> = Promise.resolve();
  #isWriting = false;

  private constructor(directory: string, addresses: AddressBook, opened: Opened, follows: boolean) {
    this.#directory = directory;
    this.#addresses = addresses;
    this.#opened = opened;
    this.#follows = follows;
    this.#writer = new TransactionWriter(opened.connection.kysely);
  }

  /** Writes to the generation in use, also after another has taken its place. */
  static async toCurrent(directory: string, addresses: AddressBook): Promise<GenerationWriter> {
    return new GenerationWriter(directory, addresses, await openOrBegin(directory), true);
  }

  /** Writes to this generation, which nobody else sees yet. */
  static async toFresh(
    directory: string,
    addresses: AddressBook,
    generation: string,
  ): Promise<GenerationWriter> {
    const opened = await openForWriting(directory, generation);
    // Until it is in use a power cut may take it, and nobody reads it: no log, no waiting for the disk.
    opened.connection.execute('pragma journal_mode = memory');
    opened.connection.execute(`pragma synchronous = off; pragma cache_size = -${FILLING_CACHE_KIB}`);
    return new GenerationWriter(directory, addresses, opened, false);
  }

  get opened(): Opened {
    return this.#opened;
  }

  /** Asks the generation in use, as a transaction would write to it. */
  async use<T>(query: (db: Kysely<CatalogueTables>) => Promise<T>): Promise<T> {
    if (!this.#isWriting) await this.#follow();
    return this.#opened.connection.use(query);
  }

  /** The generation in use, which this writer moves to at its next question or transaction. */
  get current(): string {
    return (this.#follows ? currentGeneration(this.#directory) : undefined) ?? this.#opened.generation;
  }

  write<T>(work: (writer: CatalogueWriter) => Promise<T>): Promise<T> {
    const done = this.#previous.then(() => this.#transaction(work));
    this.#previous = done.catch(() => undefined);
    return done;
  }

  /** Makes a fresh generation whole on the disk, ready to be read while it is written to. */
  async finish(): Promise<void> {
    await this.#previous;
    const { connection, generation } = this.#opened;
    connection.execute('pragma journal_mode = wal');
    connection.close();
    syncFileNow(generationFile(this.#directory, generation));
  }

  async close(): Promise<void> {
    await this.#previous;
    this.#opened.connection.retire();
  }

  async #transaction<T>(work: (writer: CatalogueWriter) => Promise<T>): Promise<T> {
    await this.#follow();
    const { connection } = this.#opened;
    await this.#begin();
    this.#isWriting = true;
    try {
      const result = await work(this.#writer);
      const { changed, withdrew, addresses } = await this.#writer.flush();
      if (changed) {
        connection.execute(
          `insert into meta (name, value) values ('revision', '1')
           on conflict (name) do update set value = cast(value as integer) + 1`,
        );
      }
      // Remembered first: an address too many leads nowhere, one too few is lost.
      this.#addresses.remember(addresses);
      connection.execute('commit');
      // Nor must it stand in the log, as long as no reader still needs it.
      if (withdrew) connection.execute('pragma wal_checkpoint(truncate)');
      return result;
    } catch (error) {
      connection.execute('rollback');
      this.#writer = new TransactionWriter(connection.kysely);
      throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  async #begin(): Promise<void> {
    const end = performance.now() + LONGEST_WAIT;
    for (let wait = FIRST_PAUSE; ; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      try {
        this.#opened.connection.execute('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > end) throw new CatalogueBusy('another process keeps the catalogue locked');
      }
      await pause(wait);
    }
  }

  async #follow(): Promise<void> {
    if (!this.#follows || currentGeneration(this.#directory) === this.#opened.generation) return;
    const before = this.#opened;
    this.#opened = await openOrBegin(this.#directory);
    this.#writer = new TransactionWriter(this.#opened.connection.kysely);
    before.connection.retire();
  }
}
