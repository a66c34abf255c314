import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, CatalogueMemory } from './catalogue.ts';
import { CatalogueReadOnly } from './errors.ts';
import { publicPath } from './public-path.ts';
import { keyOfGuid, keysBelow, probe, signaturesBelow, signaturesOf } from './queries/memory.ts';
import { catalogueQueries, type Source } from './reader.ts';
import { AddressBook } from './sqlite/addresses.ts';
import { generationFile, makeCurrent, newGeneration, removeOldGenerations } from './sqlite/generations.ts';
import { GenerationReader } from './sqlite/reading.ts';
import { StateOfGeneration } from './sqlite/state.ts';
import { GenerationWriter } from './sqlite/writing.ts';

/** Where a catalogue lies. */
export type CataloguePlace = {
  /** Holds the generations and `current`; may be deleted at any time. */
  directory: string;
  /**
   * The file that remembers every address that was ever public. It is not rebuilt by `reindex`, so it should lie
   * outside the directory; by default it is `addresses.sqlite` in it.
   */
  addresses?: string;
};

const addressesFile = ({ directory, addresses }: CataloguePlace): string =>
  addresses ?? join(directory, 'addresses.sqlite');

function memoryOf(
  source: Pick<Source, 'use'>,
  addresses: AddressBook,
  generation: () => string,
): CatalogueMemory {
  return {
    signaturesBelow: (key) => source.use((db) => signaturesBelow(db, key)),
    signaturesOf: (keys) => source.use((db) => signaturesOf(db, keys)),
    firstAddressOf: async (guid) => {
      const path = addresses.firstOf(guid);
      return path === undefined ? undefined : publicPath(path);
    },
    probe: (fileKey, version) => source.use((db) => probe(db, fileKey, version)),
    keyOfGuid: (guid) => source.use((db) => keyOfGuid(db, guid)),
    keysBelow: (showKey) => source.use((db) => keysBelow(db, showKey)),
    generation,
  };
}

/**
 * Opens the catalogue in a directory. `read` never makes a file and never throws for what it finds: while there is no
 * catalogue that can be used it answers like an empty one, and follows as soon as there is. `write` begins a new
 * one where there is none, or where the file is damaged or of another version.
 *
 *     const catalogue = await openCatalogue({ directory: 'var/catalogue', mode: 'read' });
 *     const { items } = await catalogue.cards({ show: 'stacca-stacca' }, { limit: 20 }, Date.now());
 */
export async function openCatalogue(
  options: CataloguePlace & { mode: 'read' | 'write' },
): Promise<Catalogue> {
  const { directory, mode } = options;
  mkdirSync(directory, { recursive: true });
  const addresses = new AddressBook(addressesFile(options), { writes: mode === 'write' });
  // The writer first: it begins the generation that the reader then finds.
  const writer = mode === 'write' ? await GenerationWriter.toCurrent(directory, addresses) : undefined;
  if (writer !== undefined) removeOldGenerations(directory);
  const reader = await GenerationReader.open(directory, addresses);
  const memory = memoryOf(writer ?? reader, addresses, () => writer?.current ?? reader.generation);
  return {
    ...catalogueQueries(reader),
    ...memory,
    write: async (work) => {
      if (writer === undefined) throw new CatalogueReadOnly('this catalogue was opened for reading');
      const result = await writer.write(work);
      if (writer.opened.generation !== reader.generation) reader.followNow();
      return result;
    },
    close: async () => {
      await writer?.close();
      reader.close();
      addresses.close();
    },
  };
}

/**
 * Makes a new generation, lets `fill` write it, and puts it in the place of the one in use, which all processes notice
 * within moments. When `fill` throws, everything stays as it was, and so does this throw. Returns the generation's name.
 */
export async function rebuildCatalogue(
  place: CataloguePlace,
  fill: (fresh: Catalogue) => Promise<void>,
): Promise<string> {
  const { directory } = place;
  mkdirSync(directory, { recursive: true });
  const generation = newGeneration();
  const addresses = new AddressBook(addressesFile(place), { writes: true });
  let writer: GenerationWriter | undefined;
  try {
    writer = await GenerationWriter.toFresh(directory, addresses, generation);
    await fill(freshCatalogue(writer, addresses));
    await writer.finish();
    makeCurrent(directory, generation);
    removeOldGenerations(directory);
    return generation;
  } catch (error) {
    await writer?.close();
    for (const end of ['', '-wal', '-shm'])
      rmSync(generationFile(directory, generation) + end, { force: true });
    throw error;
  } finally {
    addresses.close();
  }
}

/** The catalogue that is being filled: one connection for all, since nobody else sees it. */
function freshCatalogue(writer: GenerationWriter, addresses: AddressBook): Catalogue {
  const state = new StateOfGeneration(writer.opened);
  return {
    ...catalogueQueries({
      state: (now) => state.at(now),
      use: (query) => writer.use(query),
      remembered: (path) => addresses.find(path),
    }),
    ...memoryOf(writer, addresses, () => writer.opened.generation),
    write: (work) => writer.write(work),
    close: () => Promise.resolve(),
  };
}
