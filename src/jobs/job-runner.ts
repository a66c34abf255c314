import { type Problem, Refused } from '../model/problem.ts';
import type { Records } from '../records/records.ts';
import { JOB_KINDS, type JobHandler, type JobKind, MOST_ATTEMPTS, RetryLater } from './job.ts';
import { jobClaims } from './job-claims.ts';
import { progressWriter } from './job-progress.ts';
import { type JobRow, jobFromRow } from './job-rows.ts';
import { PROCESS_NAME } from './process-name.ts';

export type JobRunnerOptions = {
  records: Records;
  /** Jobs of a kind that has no handler here are left to other processes. */
  handlers: Partial<Record<JobKind, JobHandler>>;
  /** Called when a job has failed for good without `Refused`: its attempts ended in errors or crashes. */
  onFailed?: Partial<Record<JobKind, (subject: string, problem: Problem) => Promise<void>>>;
  log: {
    error(details: object, sentence: string): void;
    warn(details: object, sentence: string): void;
  };
  /** Milliseconds since 1970. */
  now?: () => number;
};

export type JobRunner = {
  /** Aborts the jobs that run, puts them back, and resolves when none runs. */
  close(): Promise<void>;
  /** Looks for jobs at once. Without it a job is seen within 200 ms. */
  lookNow(): void;
};

const LOOKS_MS = 200;
const RENEWS_MS = 3_000;
const ENDS_MS = 8_000;
const FORGETS_MS = 3_600_000;

type Running = { row: JobRow; lane: JobKind[]; controller: AbortController; ended: Promise<void> };

/** The reason with which a job's signal is aborted. */
class JobAborted extends Error {
  override name = 'AbortError';
}

let runners = 0;

/** Starts doing the jobs in the records. Several processes may do so: a job is claimed by one of them. */
export function startJobRunner(options: JobRunnerOptions): JobRunner {
  const { records, handlers, log, now = Date.now } = options;
  runners += 1;
  const claims = jobClaims(records, `${PROCESS_NAME}-${runners}`, now);
  const kinds = JOB_KINDS.filter((kind) => handlers[kind] !== undefined);
  /**
   * One job of each lane runs at a time. Waveforms have a lane of their own, so that they never delay a job
   * that somebody waits for.
   */
  const lanes = [
    kinds.filter((kind) => kind === 'examine'),
    kinds.filter((kind) => kind === 'draw'),
    kinds.filter((kind) => kind !== 'examine' && kind !== 'draw'),
  ].filter((lane) => lane.length > 0);
  const running = new Map<number, Running>();
  let isClosed = false;
  let seen: string | undefined;
  let nextAt = 0;
  let asked = true;
  let looking: Promise<void> | undefined;
  let forgotAt = 0;

  const logFailure = (work: Promise<unknown>): Promise<unknown> =>
    work.catch(
      (error: unknown) => isClosed || log.error({ err: error }, 'the jobs could not be written down'),
    );

  /** Looks at the records when they have changed, or when a job is due; never twice at once. */
  function look(): void {
    if (isClosed || looking) return;
    const version = records.version();
    if (!asked && version === seen && now() < nextAt) return;
    asked = false;
    seen = version;
    looking = logFailure(startDueJobs()).then(() => {
      looking = undefined;
      if (asked) look();
    });
  }

  function lookNow(): void {
    asked = true;
    look();
  }

  async function startDueJobs(): Promise<void> {
    await abortLostJobs();
    const mine = () => [...running.keys()];
    for (const { row, problem } of await claims.settleCrashed(mine())) await reportFailed(row, problem);
    let soonest = Number.POSITIVE_INFINITY;
    for (const lane of lanes) {
      if (isClosed || isBusy(lane)) continue;
      const at = await claims.nextAt(lane, mine());
      const row = at <= now() ? await claims.claim(lane) : undefined;
      if (row === undefined) soonest = Math.min(soonest, Math.max(at, now() + 1));
      else begin(row, lane);
    }
    if (now() - forgotAt > FORGETS_MS) {
      forgotAt = now();
      await claims.forget();
    }
    nextAt = soonest;
  }

  const isBusy = (lane: JobKind[]): boolean => [...running.values()].some((one) => one.lane === lane);

  async function abortLostJobs(): Promise<void> {
    if (running.size === 0) return;
    for (const { id, isCancelled } of await claims.lost([...running.keys()]))
      running
        .get(id)
        ?.controller.abort(new JobAborted(isCancelled ? 'cancelled' : 'another process has taken it over'));
  }

  function begin(row: JobRow, lane: JobKind[]): void {
    const controller = new AbortController();
    const ended = run(row, controller.signal).finally(() => {
      running.delete(row.id);
      lookNow();
    });
    running.set(row.id, { row, lane, controller, ended });
  }

  async function run(row: JobRow, signal: AbortSignal): Promise<void> {
    const { kind, subject } = jobFromRow(row, now());
    const renewal = setInterval(() => logFailure(claims.renew(row.id)), RENEWS_MS);
    const reports = progressWriter((stage, progress) => logFailure(claims.progress(row.id, stage, progress)));
    let settle: () => Promise<unknown>;
    try {
      const payload: unknown = JSON.parse(row.payload_json);
      const work = { subject, payload, report: reports.report, signal, attempt: row.attempts };
      const result = await handlers[kind]?.(work);
      settle = () => claims.done(row.id, result);
    } catch (error) {
      settle = () => settleError(row, error, signal);
    }
    clearInterval(renewal);
    await reports.end();
    await logFailure(settle().then(() => claims.letGo(row.id)));
  }

  async function settleError(row: JobRow, error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return claims.putBack(row, 0);
    if (error instanceof Refused) return claims.refuse(row.id, error.problem);
    if (error instanceof RetryLater) return claims.putBack(row, error.after, error.problem);
    log.warn(
      { err: error, kind: row.kind, subject: row.subject, attempts: row.attempts },
      'a job ended in an error',
    );
    if (row.attempts < MOST_ATTEMPTS) return claims.again(row);
    const reason = error instanceof Error ? error.message : String(error);
    const problem: Problem = { code: 'machine-failed', values: { reason } };
    if (await claims.fail(row, problem)) await reportFailed(row, problem);
  }

  async function reportFailed(row: JobRow, problem: Problem): Promise<void> {
    const kind = JOB_KINDS.find((one) => one === row.kind);
    if (kind !== undefined) await options.onFailed?.[kind]?.(row.subject, problem);
  }

  const begun = logFailure(claims.takeOver()).then(look);
  const timer = setInterval(look, LOOKS_MS);

  return {
    lookNow,
    async close() {
      clearInterval(timer);
      await begun;
      isClosed = true;
      await looking;
      const all = [...running.values()];
      for (const { controller } of all) controller.abort(new JobAborted('the program ends'));
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, ENDS_MS);
      await Promise.race([Promise.all(all.map(({ ended }) => ended)), late]);
      clearTimeout(limit);
    },
  };
}
