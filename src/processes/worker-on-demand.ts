import type { SupervisorLog } from './supervised-thread.ts';

export type WorkerOnDemandOptions = {
  start: () => { close(): Promise<void> };
  /** When there is something to do next (ms since 1970); Infinity where nothing is known of. */
  nextWork: (now: number) => Promise<number>;
  /** Differs when `nextWork` may say something else; asked five times a second, so it has to cost next to nothing. */
  version: () => string;
  /** Whether the worker is started at once, whatever `nextWork` says. */
  startsAtOnce: boolean;
  /** The worker is kept so long after the last that there was to do, since the next often follows soon (ms). */
  restsAfter: number;
  /** It is started at least so often, for what nobody asks for (ms). */
  atLeastEvery: number;
  log: SupervisorLog;
};

/** How often it is looked whether there is something to do (ms). */
const LOOKS_MS = 200;
/** `nextWork` is asked so long after the last time even where `version` is the same: time changes its answer, too (ms). */
const ASKS_AGAIN_MS = 60_000;

/** Starts a worker when there is something to do, and closes it when there is not. */
export function workerOnDemand(options: WorkerOnDemandOptions): { close(): Promise<void> } {
  const { start, nextWork, version, restsAfter, atLeastEvery, log } = options;
  let worker: { close(): Promise<void> } | undefined;
  let ending: Promise<void> | undefined;
  let isClosed = false;
  let seen: string | undefined;
  let seenAt = 0;
  let nextAt = Number.POSITIVE_INFINITY;
  let neededAt = Date.now();
  let looking: Promise<void> | undefined;

  function begin(): void {
    neededAt = Date.now();
    worker = start();
  }

  async function look(): Promise<void> {
    const now = Date.now();
    const current = version();
    if (current !== seen || now - seenAt > ASKS_AGAIN_MS) {
      seen = current;
      seenAt = now;
      nextAt = await nextWork(now);
    }
    if (isClosed || ending !== undefined) return;
    if (nextAt <= now) neededAt = now;
    if (worker === undefined && (nextAt <= now || now - neededAt > atLeastEvery)) begin();
    if (worker !== undefined && now - neededAt > restsAfter) {
      // What changes while it ends is seen afterwards.
      seen = undefined;
      ending = worker.close().finally(() => {
        worker = undefined;
        ending = undefined;
      });
    }
  }

  if (options.startsAtOnce) begin();
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'it could not be seen what there is to do'))
      .finally(() => {
        looking = undefined;
      });
  }, LOOKS_MS);

  return {
    /** Resolves when the worker has ended. */
    async close() {
      isClosed = true;
      clearInterval(timer);
      await looking;
      await (ending ?? worker?.close());
    },
  };
}
