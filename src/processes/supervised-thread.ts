import { parentPort, Worker } from 'node:worker_threads';

/** Where a supervisor says what went wrong. */
export type SupervisorLog = { error(details: object, sentence: string): void };

export type SupervisedThread = {
  /** Resolves when the program says for the first time that it has begun, or when the thread is closed before that. */
  begun: Promise<void>;
  /** Tells the program to end, ends it when it does not, and resolves when it has ended. */
  close(): Promise<void>;
};

export type ThreadOptions<Data> = {
  /** A program that calls `threadHasBegun` and `whenThreadIsToEnd`. */
  program: URL;
  /** What it finds as its `workerData`. */
  data: Data;
  log: SupervisorLog;
  /** What the log calls it. */
  name: string;
  /** What it may keep on its heap (MB). */
  heapMb: number;
  /** So long it may take to end when it is told to (ms); 5 s unless given. */
  patience?: number;
};

/** Grows with each crash in a row, so that what breaks the thread does not take the machine with it (ms). */
const RESTART_AFTER = [200, 1_000, 5_000, 30_000];
const PATIENCE_MS = 5_000;

/** Runs a program in a thread of its own, so that its work never holds up an answer; starts it anew when it breaks. */
export function superviseThread<Data>(options: ThreadOptions<Data>): SupervisedThread {
  const { program, data, log, name, heapMb, patience = PATIENCE_MS } = options;
  const begun = Promise.withResolvers<void>();
  let crashes = 0;
  let restart: NodeJS.Timeout | undefined;
  /** The thread that runs, with its end; none while the next start is waited for. */
  let running: { worker: Worker; ended: Promise<void> } | undefined;
  let closing: Promise<void> | undefined;

  function start(): void {
    const worker = new Worker(program, {
      workerData: data,
      // A small young generation: a listing of all folders would fill a large one with what is thrown away at once.
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 },
    });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    running = { worker, ended };
    worker.on('message', () => {
      crashes = 0;
      begun.resolve();
    });
    worker.on('error', (error) =>
      log.error({ err: error }, `the thread "${name}" broke and is started again`),
    );
    worker.on('exit', () => {
      running = undefined;
      resolve();
      if (closing !== undefined) return;
      restart = setTimeout(start, RESTART_AFTER[Math.min(crashes, RESTART_AFTER.length - 1)]);
      crashes += 1;
    });
  }

  async function close(): Promise<void> {
    clearTimeout(restart);
    begun.resolve();
    // Broken, it may be waiting for its next start: then there is nothing to wait for.
    if (running === undefined) return;
    const { worker, ended } = running;
    worker.postMessage('end');
    const slow = setTimeout(() => void worker.terminate(), patience);
    await ended;
    clearTimeout(slow);
  }

  start();
  return {
    begun: begun.promise,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Says from within a supervised thread that it has begun: what it starts with is done. */
export function threadHasBegun(): void {
  parentPort?.postMessage('begun');
}

/** Calls `close` within a supervised thread when it is told to end, and ends it then. */
export function whenThreadIsToEnd(close: () => Promise<void>): void {
  parentPort?.on('message', async () => {
    await close();
    process.exit(0);
  });
}
