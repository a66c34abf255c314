import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

export type Indexing = {
  /** Resolves when every folder was looked at once. */
  first: Promise<void>;
  close(): Promise<void>;
};

/** Grows with each crash in a row, so that a folder that breaks the thread does not take the machine with it (ms). */
const RESTART_AFTER = [200, 1_000, 5_000, 30_000];

/** What the thread may keep on its heap (MB): two hundred thousand folders' signatures, with room to spare. */
const HEAP_MB = 384;

/**
 * Starts the indexer in a thread of its own, so that reading folders never holds up an answer; starts it anew when it
 * breaks.
 */
export function startIndexing(config: Config, log: Log): Indexing {
  const first = Promise.withResolvers<void>();
  let isClosed = false;
  let crashes = 0;
  let timer: NodeJS.Timeout | undefined;
  let thread = start();

  function start(): Worker {
    const worker = new Worker(new URL('./index-thread.ts', import.meta.url), {
      workerData: config,
      // A small young generation: a listing of all folders would fill a large one with what is thrown away at once.
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 8 },
    });
    worker.on('message', () => {
      crashes = 0;
      first.resolve();
    });
    worker.on('error', (error) => log.error(error, 'the indexer broke and is started again'));
    worker.on('exit', () => {
      if (isClosed) return;
      const wait = RESTART_AFTER[Math.min(crashes, RESTART_AFTER.length - 1)];
      crashes += 1;
      timer = setTimeout(() => {
        thread = start();
      }, wait);
    });
    return worker;
  }

  return {
    first: first.promise,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
      thread.postMessage('close');
      const slow = setTimeout(() => void thread.terminate(), 5_000);
      await ended;
      clearTimeout(slow);
    },
  };
}
