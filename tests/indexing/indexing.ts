import { onTestFinished } from 'vitest';
import type { Archive } from '../../src/archive/archive.ts';
import { openFolderArchive } from '../../src/archive/folder-archive.ts';
import { startProber } from '../../src/audio/prober.ts';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { openCatalogue } from '../../src/catalogue/open.ts';
import { createIndexer, type Indexer } from '../../src/indexing/indexer.ts';
import type { Episode } from '../../src/model/episode.ts';
import { type Files, putFiles, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';

// One for all: starting a process takes longer than most tests here, and it keeps nobody waiting.
export const prober = startProber();

export type IndexedFolder = {
  folder: string;
  archive: Archive;
  catalogue: Catalogue;
  indexer: Indexer;
  put(files: Files, secondsAgo?: number): Promise<void>;
  episode(slug: string): Promise<Episode | undefined>;
  /** `folder/file:line code` of each fault. */
  faults(): Promise<string[]>;
  /** A catalogue made from nothing, as after `var/` was deleted. */
  madeAnew(): Promise<Catalogue>;
};

/** A station with one show, `stacca`, and these files in it, with an indexer that has looked at nothing yet. */
export async function indexedFolder(files: Files): Promise<IndexedFolder> {
  const folder = await temporaryFolder();
  await putFiles(folder, { 'station.md': STATION, 'stacca/show.md': SHOW, ...files });
  const archive = await openFolderArchive(folder);
  const made = async () => {
    const catalogue = await openCatalogue({ directory: await temporaryFolder(), mode: 'write' });
    onTestFinished(() => catalogue.close());
    return { catalogue, indexer: createIndexer({ archive, catalogue, prober }) };
  };
  const { catalogue, indexer } = await made();
  return {
    folder,
    archive,
    catalogue,
    indexer,
    put: (more, secondsAgo) => putFiles(folder, more, secondsAgo),
    episode: (slug) => catalogue.episodeOfAnyStatus('stacca', slug),
    faults: async () =>
      (await catalogue.faults()).map(
        ({ folder, file, line, code }) =>
          `${[folder, file].filter(Boolean).join('/')}${line ? `:${line}` : ''} ${code}`,
      ),
    async madeAnew() {
      const { catalogue, indexer } = await made();
      await indexer.scan();
      return catalogue;
    },
  };
}
