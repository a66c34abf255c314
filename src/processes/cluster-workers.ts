import cluster, { type Worker } from 'node:cluster';
import { z } from 'zod';

export type ClusterOptions = {
  count: number;
  log: { error(details: object, sentence: string): void };
  /** So long a worker may take to say that it is ready (ms). */
  startLimit?: number;
  /** So long a worker may take to end when it is told to (ms). */
  patience?: number;
};

export type ClusterWorkers = {
  /** What the first worker said when it was ready. */
  ready: string;
  /** Tells all workers to end, ends those that do not, and resolves when none is left. */
  close(): Promise<void>;
};

/** A worker process could not start; `code` is that of the error it met, where the system gave one. */
export class WorkerFailed extends Error {
  override name = 'WorkerFailed';
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** What a worker process says once: that it is ready, or why it will not be. */
const answerSchema = z.union([
  z.object({ ready: z.string() }),
  z.object({ failure: z.string(), code: z.string().optional() }),
]);
type WorkerAnswer = z.output<typeof answerSchema>;

/** A worker that ends without being asked is replaced, but not in a tight circle (ms). */
const REPLACE_AFTER_MS = 500;
const START_LIMIT_MS = 120_000;
/** More than the ten seconds that a worker gives to what is still being downloaded. */
const PATIENCE_MS = 20_000;

/**
 * Runs this program in `count` more processes, which share the ports that they listen on (`node:cluster`), and replaces each
 * that ends. Resolves when all are ready. Throws `WorkerFailed` when one cannot start; then none is left.
 */
export async function startClusterWorkers(options: ClusterOptions): Promise<ClusterWorkers> {
  const { count, log, startLimit = START_LIMIT_MS, patience = PATIENCE_MS } = options;
  let isClosed = false;
  const started = Array.from({ length: count }, () => startWorker(startLimit));
  const [ready = ''] = await Promise.all(started).catch(async (error: unknown) => {
    // Those that are still starting must not go on, nor say what is said already.
    await Promise.all(liveWorkers().map((worker) => endWorker(worker, 0)));
    throw error;
  });
  cluster.on('exit', (worker, code, signal) => {
    if (isClosed) return;
    log.error({ pid: worker.process.pid, code, signal }, 'a worker process ended and is replaced');
    setTimeout(() => {
      if (isClosed) return;
      startWorker(startLimit).catch((error: unknown) =>
        log.error({ err: error }, 'a worker process could not be replaced'),
      );
    }, REPLACE_AFTER_MS);
  });
  return {
    ready,
    async close() {
      isClosed = true;
      await Promise.all(liveWorkers().map((worker) => endWorker(worker, patience)));
    },
  };
}

const liveWorkers = (): Worker[] =>
  Object.values(cluster.workers ?? {}).flatMap((worker) => (worker && !worker.isDead() ? [worker] : []));

/** Starts a worker and returns what it says when it is ready. Throws `WorkerFailed`; then it is gone, or killed. */
async function startWorker(startLimit: number): Promise<string> {
  const worker = cluster.fork();
  const { promise, resolve, reject } = Promise.withResolvers<WorkerAnswer>();
  worker.once('message', (message: unknown) => {
    const answer = answerSchema.safeParse(message);
    resolve(answer.success ? answer.data : { failure: 'a worker process said what cannot be read' });
  });
  worker.once('exit', (code, signal) =>
    reject(new WorkerFailed(`a worker process ended at its start (${signal ?? code})`)),
  );
  worker.on('error', (error) => reject(new WorkerFailed(error.message)));
  const limit = setTimeout(() => {
    worker.process.kill('SIGKILL');
    reject(new WorkerFailed(`a worker process was not ready after ${startLimit / 1000} s`));
  }, startLimit);
  try {
    const answer = await promise;
    if ('ready' in answer) return answer.ready;
    throw new WorkerFailed(answer.failure, answer.code);
  } finally {
    clearTimeout(limit);
  }
}

/** Tells a worker to end, ends it when it has not after `patience` (ms), and resolves when it has ended. */
async function endWorker(worker: Worker, patience: number): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const kill = () => void worker.process.kill('SIGKILL');
  const slow = patience > 0 ? setTimeout(kill, patience) : undefined;
  if (patience === 0) kill();
  else if (worker.isConnected()) worker.process.send('end', () => {});
  await ended;
  clearTimeout(slow);
}

/**
 * Does the work of one of several equal processes, until the first one tells it to end. `start` returns what is said of it
 * when it is ready.
 */
export async function runAsClusterWorker(
  start: () => Promise<{ ready: string; close(): Promise<void> }>,
): Promise<void> {
  const work = await start().catch((error: unknown) => {
    sayToFirst(failureOf(error));
    process.exit(1);
  });
  process.on('message', async () => {
    await work.close();
    process.exit(0);
  });
  process.on('disconnect', () => process.exit(1));
  // The first process passes these on in its own way.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  sayToFirst({ ready: work.ready });
}

const sayToFirst = (answer: WorkerAnswer): void => void process.send?.(answer);

function failureOf(error: unknown): WorkerAnswer {
  if (!(error instanceof Error)) return { failure: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { failure: error.message, code };
}
