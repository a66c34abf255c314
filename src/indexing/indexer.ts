import type { Archive } from '../archive/archive.ts';
import type { Prober } from '../audio/prober.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Fault } from '../model/fault.ts';
import { type IndexReport, IndexRun } from './index-run.ts';
import { fileFacts } from './reading/file-facts.ts';

export type IndexerOptions = {
  archive: Archive;
  catalogue: Catalogue;
  prober: Prober;
  now?: () => number;
  /** Told of each fault when the folder that has it was read. */
  reportFault?: (fault: Fault) => void;
};

/** Keeps the catalogue equal to the folders. Its operations wait for each other. */
export type Indexer = {
  /** Looks at every folder and reads those that changed. */
  scan(): Promise<IndexReport>;
  /** Looks at these folders alone. */
  refresh(keys: string[]): Promise<IndexReport>;
  /** Returns when incomplete folders are to be looked at again (milliseconds since 1970), and which. */
  due(): { at: number; keys: string[] } | undefined;
  /** Starts nothing more, discards what is under way, and resolves when that has ended. */
  stop(): Promise<void>;
};

/**
 * Returns an indexer over an archive and a catalogue.
 *
 *     await createIndexer({ archive, catalogue, prober }).scan() // { seen: 14, read: 14, removed: 0, … }
 */
export function createIndexer(options: IndexerOptions): Indexer {
  const { archive, catalogue, prober, now = Date.now, reportFault = () => {} } = options;
  const facts = fileFacts(archive, catalogue, prober);
  const retries = new Map<string, number>();
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<IndexReport>): Promise<IndexReport> => {
    const turn = queue.then(work);
    queue = turn.catch(() => {});
    return turn;
  };
  let isStopping = false;
  const run = { archive, catalogue, facts, now, reportFault, retries, isStopping: () => isStopping };
  return {
    scan: () => inTurn(() => new IndexRun(run).scan()),
    refresh: (keys) => inTurn(() => new IndexRun(run).refresh(keys)),
    due() {
      if (retries.size === 0) return undefined;
      return { at: Math.min(...retries.values()), keys: [...retries.keys()] };
    },
    async stop() {
      isStopping = true;
      await queue;
    },
  };
}
