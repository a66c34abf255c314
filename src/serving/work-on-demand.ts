import type { Log } from '../log.ts';
import { type KeptThread, keepThread, type ThreadOptions } from '../processes/supervised-thread.ts';
import type { Records } from '../records/records.ts';
import type { WorkConfig } from './work-thread.ts';

export type WorkOptions = {
  records: Records;
  config: Omit<WorkConfig, 'recovers'>;
  log: Log;
  /** Whether a crash may have left something to be put right: then it begins at once. */
  recovers: boolean;
  /** The thread is kept so long after the last that there was to do: the next often follows soon (ms). */
  restsAfter?: number;
  startThread?: (options: ThreadOptions<WorkConfig>) => Pick<KeptThread, 'close'>;
};

/** How often it is seen whether there is something to do (ms). */
const LOOKS_MS = 200;
const RESTS_AFTER_MS = 60_000;
/** What has expired is removed at least so often (ms). */
const EXPIRES_MS = 6 * 3_600_000;
/** A file that began to arrive in this time will soon be there to be worked on (ms). */
const ARRIVING_MS = 60_000;
/** A rehearsed feed of a large show. */
const HEAP_MB = 256;

/**
 * Does what staff have asked for in a thread that comes when there is something to do and goes when there is not: to
 * listeners it would only be 50 MB. Resolves `close` when nothing is under way any more.
 */
export function keepWork(options: WorkOptions): { close(): Promise<void> } {
  const { records, config, log, recovers } = options;
  const { restsAfter = RESTS_AFTER_MS, startThread = keepThread } = options;
  let thread: Pick<KeptThread, 'close'> | undefined;
  let ending: Promise<void> | undefined;
  let isClosed = false;
  /** What the records were when they were last looked into, when that was, and when there will be something to do (ms). */
  let seen: string | undefined;
  let seenAt = 0;
  let nextAt = Number.POSITIVE_INFINITY;
  let neededAt = Date.now();
  let looking: Promise<void> | undefined;

  function begin(recovering: boolean): void {
    neededAt = Date.now();
    thread = startThread({
      program: new URL('./work-thread.ts', import.meta.url),
      name: 'work',
      config: { ...config, recovers: recovering },
      log,
      heapMb: HEAP_MB,
    });
  }

  /** When there is something to do next (ms since 1970). */
  async function nextWork(now: number): Promise<number> {
    const { db } = records;
    const job = await db
      .selectFrom('jobs')
      .select(({ fn }) => fn.min('due_at').as('at'))
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirst();
    const upload = await db
      .selectFrom('uploads')
      .select('id')
      .where('state', '=', 'arriving')
      .where('updated_at', '>', now - ARRIVING_MS)
      .limit(1)
      .execute();
    return upload.length > 0 ? now : (job?.at ?? Number.POSITIVE_INFINITY);
  }

  async function look(): Promise<void> {
    const now = Date.now();
    const version = records.version();
    // A file that has stopped arriving changes nothing.
    if (version !== seen || now - seenAt > ARRIVING_MS) {
      seen = version;
      seenAt = now;
      nextAt = await nextWork(now);
    }
    if (isClosed || ending !== undefined) return;
    if (nextAt <= now) neededAt = now;
    if (thread === undefined && (nextAt <= now || now - neededAt > EXPIRES_MS)) begin(false);
    if (thread !== undefined && now - neededAt > restsAfter) {
      // What changes while it ends is seen afterwards.
      seen = undefined;
      ending = thread.close().finally(() => {
        thread = undefined;
        ending = undefined;
      });
    }
  }

  if (recovers) begin(true);
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log.error(error, 'it could not be seen what there is to do'))
      .finally(() => {
        looking = undefined;
      });
  }, LOOKS_MS);

  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await looking;
      await (ending ?? thread?.close());
    },
  };
}
