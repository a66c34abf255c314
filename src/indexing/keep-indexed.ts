import type { Archive, Watch } from '../archive/archive.ts';
import type { CatalogueMemory } from '../catalogue/catalogue.ts';
import type { IndexReport } from './index-run.ts';
import type { Indexer } from './indexer.ts';

export type KeepIndexedOptions = {
  archive: Archive;
  catalogue: Pick<CatalogueMemory, 'generation'>;
  indexer: Indexer;
  /** Told of what went wrong; the folders concerned are looked at again when they next change. */
  failed: (error: unknown) => void;
};

export type KeepIndexed = {
  /** What the first look at all folders found. */
  first: Promise<IndexReport>;
  close(): Promise<void>;
};

/** How often the generation is compared, to notice `reindex` (ms). */
const GENERATION_CHECK = 2_000;

/** Node's timers cannot wait longer than this (ms); a longer wait is taken in steps. */
const LONGEST_WAIT = 60_000;

/** Keeps the catalogue equal to the archive until it is closed: looks at all folders, and then at each that changes. */
export function keepIndexed({ archive, catalogue, indexer, failed }: KeepIndexedOptions): KeepIndexed {
  const changed = new Set<string>();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let generationCheck: NodeJS.Timeout | undefined;
  let watch: Watch | undefined;
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    while (changed.size > 0 && !isClosed) {
      const keys = [...changed];
      changed.clear();
      await indexer.refresh(keys).catch(failed);
    }
    waitForDue();
  };
  const changes = (keys: Iterable<string>): void => {
    for (const key of keys) changed.add(key);
    working ??= work().finally(() => {
      working = undefined;
      if (changed.size > 0 && !isClosed) changes([]);
    });
  };
  const waitForDue = (): void => {
    clearTimeout(timer);
    const due = indexer.due();
    if (due === undefined || isClosed) return;
    const wait = Math.min(Math.max(due.at - Date.now(), 20), LONGEST_WAIT);
    timer = setTimeout(() => changes(due.keys), wait);
  };
  const begin = async (): Promise<IndexReport> => {
    // Watching comes first, so that nothing falls between the look and the watch.
    watch = await archive.watch((keys) => changes(keys));
    let generation = catalogue.generation();
    const report = await indexer.scan();
    waitForDue();
    generationCheck = setInterval(() => {
      const current = catalogue.generation();
      if (current === generation) return;
      generation = current;
      indexer.scan().then(waitForDue, failed);
    }, GENERATION_CHECK);
    return report;
  };

  return {
    first: begin(),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(generationCheck);
      await watch?.close();
      await indexer.stop();
      await working;
    },
  };
}
