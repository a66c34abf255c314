import type { Log } from '../log.ts';
import {
  type SupervisedThread,
  superviseThread,
  type ThreadOptions,
} from '../processes/supervised-thread.ts';
import { workerOnDemand } from '../processes/worker-on-demand.ts';
import type { Records } from '../records/records.ts';
import type { WorkConfig } from './work-thread.ts';

export type WorkThreadOptions = {
  records: Records;
  config: Omit<WorkConfig, 'recovers'>;
  log: Log;
  /** Whether a crash may have left something to be put right: then the thread starts at once. */
  recovers: boolean;
  /** How long the thread is kept after its last work (ms). */
  restsAfter?: number;
  startThread?: (options: ThreadOptions<WorkConfig>) => Pick<SupervisedThread, 'close'>;
};

const RESTS_AFTER_MS = 60_000;
/** The longest time between two removals of what has expired (ms). */
const EXPIRES_MS = 6 * 3_600_000;
/** An upload to which bytes came within this time will soon need work (ms). */
const ARRIVING_MS = 60_000;
/** Enough for a dry run over a large show's feed. */
const HEAP_MB = 256;
/** More than the eight seconds that the job runner gives its jobs to end (ms). */
const PATIENCE_MS = 10_000;

/**
 * Runs the staff's jobs in a thread that exists only while there is work, which saves 50 MB the rest of the
 * time. `close` resolves when nothing is under way any more.
 */
export function workThreadOnDemand(options: WorkThreadOptions): { close(): Promise<void> } {
  const { records, config, log, restsAfter = RESTS_AFTER_MS, startThread = superviseThread } = options;
  // Only the first start recovers: later ones find what the thread itself has left.
  let recovers = options.recovers;
  return workerOnDemand({
    start() {
      const thread = startThread({
        program: new URL('./work-thread.ts', import.meta.url),
        name: 'work',
        data: { ...config, recovers },
        log,
        heapMb: HEAP_MB,
        patience: PATIENCE_MS,
      });
      recovers = false;
      return thread;
    },
    nextWork: (now) => nextWork(records, now),
    version: () => records.version(),
    startsAtOnce: recovers,
    restsAfter,
    atLeastEvery: EXPIRES_MS,
    log,
  });
}

/** Returns when there is something to do next (ms since 1970). */
async function nextWork({ db }: Records, now: number): Promise<number> {
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
