import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

export type KeptThread = {
  /** Resolves when it says for the first time that it has done what it starts with. */
  first: Promise<void>;
  close(): Promise<void>;
};

export type ThreadOptions<C extends Config = Config> = {
  program: URL;
  config: C;
  log: Log;
  /** What the log calls it. */
  name: string;
  /** What it may keep on its heap (MB). */
  heapMb: number;
};

/** Grows with each crash in a row, so that what breaks the thread does not take the machine with it (ms). */
const RESTART_AFTER = [200, 1_000, 5_000, 30_000];
const PATIENCE_MS = 5_000;

/**
 * Runs a program in a thread of its own, so that its work never holds up an answer; starts it anew when it breaks. It gets
 * the configuration as its `workerData`, says by a message that it has begun, and ends when it gets one.
 */
export function keepThread<C extends Config>(options: ThreadOptions<C>): KeptThread {
  const { program, config, log, name, heapMb } = options;
  const first = Promise.withResolvers<void>();
  let isClosed = false;
  let crashes = 0;
  let timer: NodeJS.Timeout | undefined;
  let thread = start();

  function start(): Worker {
    const worker = new Worker(program, {
      workerData: config,
      // A small young generation: a listing of all folders would fill a large one with what is thrown away at once.
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 },
    });
    worker.on('message', () => {
      crashes = 0;
      first.resolve();
    });
    worker.on('error', (error) => log.error(error, `the thread "${name}" broke and is started again`));
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
      const slow = setTimeout(() => void thread.terminate(), PATIENCE_MS);
      await ended;
      clearTimeout(slow);
    },
  };
}
