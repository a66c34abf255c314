import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Connection } from '../../sqlite/connection.ts';
import { CatalogueBusy, CatalogueUnusable } from '../errors.ts';
import { migrate, NEWEST_MIGRATION } from '../migrations/migrate.ts';
import type { CatalogueTables } from '../schema.ts';
import { isBusy } from './faults.ts';

/**
 * The directory of a catalogue: `<generation>.sqlite` files, and `current`, a text file that names the one in use.
 * A generation's name is the time at which it was made and a few random letters.
 */
const CURRENT = 'current';
const GENERATION = /^[0-9a-z]+-[0-9a-z]+$/;
const FILE_OF_GENERATION = /^([0-9a-z]+-[0-9a-z]+)\.sqlite(?:-wal|-shm)?$/;
/** A generation younger than this may be one that another process is filling. */
const ABANDONED_AFTER = 6 * 3600 * 1000;
const READER_CACHE_KIB = 6_000;
const WRITER_CACHE_KIB = 8_000;

/** An open generation. */
export type Opened = { generation: string; connection: Connection<CatalogueTables> };

export const generationFile = (directory: string, generation: string): string =>
  join(directory, `${generation}.sqlite`);

const madeAt = (generation: string): number => Number.parseInt(generation, 36);

export function newGeneration(): string {
  const random = Math.floor(Math.random() * 36 ** 5).toString(36);
  return `${Date.now().toString(36)}-${random}`;
}

/** Returns the generation that `current` names, `undefined` when there is none. */
export function currentGeneration(directory: string): string | undefined {
  try {
    const name = readFileSync(join(directory, CURRENT), 'utf8').trim();
    return GENERATION.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Returns what changes whenever `current` is replaced; cheap enough to be asked several times a second. */
export function markOfCurrent(directory: string): string {
  const found = statSync(join(directory, CURRENT), { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.ino} ${found.mtimeMs}`;
}

/** Makes `current` name this generation, at once. With `onlyIfNone` another process's choice stands. */
export function makeCurrent(directory: string, generation: string, { onlyIfNone = false } = {}): void {
  const file = join(directory, CURRENT);
  const fresh = join(directory, `${CURRENT}.${generation}`);
  writeFileSync(fresh, `${generation}\n`, { flush: true });
  if (!onlyIfNone) {
    renameSync(fresh, file);
    return;
  }
  try {
    linkSync(fresh, file);
  } catch {
    // Another process was quicker.
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Removes generations that are neither in use nor being filled. Readers of an open file go on reading it. */
export function removeOldGenerations(directory: string): void {
  const current = currentGeneration(directory);
  if (current === undefined) return;
  for (const name of readdirSync(directory)) {
    const generation = FILE_OF_GENERATION.exec(name)?.[1];
    if (generation === undefined || generation === current) continue;
    const older = madeAt(generation) < madeAt(current);
    const abandoned = madeAt(generation) < Date.now() - ABANDONED_AFTER;
    if (older || abandoned) rmSync(join(directory, name), { force: true });
  }
}

/** Throws `CatalogueUnusable` unless the file is sound as far as can be told quickly, and of this program's version. */
function assertUsable(connection: Connection<CatalogueTables>): void {
  const newest = connection.keep('select max(name) as name from kysely_migration').get()?.name;
  if (newest !== NEWEST_MIGRATION) throw new CatalogueUnusable(`made by another version (${String(newest)})`);
  connection.keep('select count(*) from (select 1 from episodes limit 1)').get();
  connection.keep('select rowid from full_text limit 1').get();
  connection.keep('select rowid from hidden_text limit 1').get();
}

function isUsable(connection: Connection<CatalogueTables>): boolean {
  try {
    assertUsable(connection);
    return true;
  } catch (error) {
    if (isBusy(error)) throw error;
    return false;
  }
}

/** Opens the generation that `current` names for reading; `undefined` when there is none that can be used. */
export function openCurrent(directory: string): Opened | undefined {
  const generation = currentGeneration(directory);
  if (generation === undefined) return undefined;
  const file = generationFile(directory, generation);
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  let connection: Connection<CatalogueTables> | undefined;
  try {
    connection = new Connection<CatalogueTables>(file, { writes: false, cacheKiB: READER_CACHE_KIB });
    assertUsable(connection);
    return { generation, connection };
  } catch {
    connection?.close();
    return undefined;
  }
}

/** Opens a generation for writing and brings its tables up to date. Throws when that cannot be done. */
export async function openForWriting(directory: string, generation: string): Promise<Opened> {
  const connection = new Connection<CatalogueTables>(generationFile(directory, generation), {
    writes: true,
    cacheKiB: WRITER_CACHE_KIB,
  });
  try {
    connection.execute('pragma busy_timeout = 5000');
    // What is withdrawn is overwritten, not only let go.
    connection.execute('pragma secure_delete = on');
    if (!isUsable(connection)) await migrate(connection.kysely);
    assertUsable(connection);
    connection.execute('pragma busy_timeout = 0');
    return { generation, connection };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Opens the generation in use for writing, or begins a new one when there is none that can be used. */
export async function openOrBegin(directory: string): Promise<Opened> {
  mkdirSync(directory, { recursive: true });
  const before = currentGeneration(directory);
  if (
    before !== undefined &&
    statSync(generationFile(directory, before), { throwIfNoEntry: false }) !== undefined
  ) {
    try {
      return await openForWriting(directory, before);
    } catch (error) {
      if (isBusy(error)) throw new CatalogueBusy('another process keeps the catalogue locked');
      // Damaged, or of a newer version: it is only an index, a fresh one takes its place.
    }
  }
  const fresh = await openForWriting(directory, newGeneration());
  makeCurrent(directory, fresh.generation, { onlyIfNone: before === undefined && !hasCurrent(directory) });
  const chosen = currentGeneration(directory);
  if (chosen === undefined || chosen === fresh.generation) return fresh;
  fresh.connection.close();
  return openForWriting(directory, chosen);
}

const hasCurrent = (directory: string): boolean => markOfCurrent(directory) !== 'none';
