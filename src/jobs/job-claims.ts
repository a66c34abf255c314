import { sql } from 'kysely';
import type { Problem } from '../model/problem.ts';
import { addJournalEntry, SYSTEM } from '../records/journal.ts';
import type { Records } from '../records/records.ts';
import { type JobKind, type JobStage, MOST_ATTEMPTS } from './job.ts';
import type { JobRow } from './job-rows.ts';
import { isGone } from './process-name.ts';

/** A claim that is not renewed lapses after this (ms): its process is taken to have crashed. */
export const LEASE_MS = 10_000;
/** How long a job waits after an error, by the number of its attempts so far (ms). */
const WAITS_MS = [1_000, 5_000, 30_000, 120_000];
const DAY_MS = 24 * 3_600_000;

export type JobClaims = ReturnType<typeof jobClaims>;

/**
 * Returns what a job runner does to the rows of jobs. `holder`: the runner's name. Each statement is complete
 * by itself, since several processes may work on the same rows.
 */
export function jobClaims(records: Records, holder: string, now: () => number) {
  const { db } = records;
  const lease = () => ({ lease_by: holder, lease_until: now() + LEASE_MS });
  const free = { lease_by: null, lease_until: null };
  const own = (id: number) => db.updateTable('jobs').where('id', '=', id).where('lease_by', '=', holder);

  /** Ends a job as failed, with a line in the journal. Returns whether the row was still as given. */
  const fail = ({ id, kind, subject, lease_by }: JobRow, problem: Problem): Promise<boolean> =>
    records.write(async (within) => {
      const ended = await within
        .updateTable('jobs')
        .set({ state: 'failed', finished_at: now(), problem_json: JSON.stringify(problem), ...free })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .where('lease_by', 'is', lease_by)
        .executeTakeFirst();
      if (ended.numUpdatedRows === 0n) return false;
      const details = { kind, code: problem.code, reason: problem.values.reason ?? '' };
      await addJournalEntry(within, now(), SYSTEM, { action: 'job-failed', subject, details });
      return true;
    });

  return {
    fail,
    /**
     * Ends the claims of processes on this machine that are gone, so that their jobs need not wait for the
     * lease.
     */
    async takeOver(): Promise<void> {
      const rows = await db
        .selectFrom('jobs')
        .select('lease_by')
        .distinct()
        .where('lease_by', 'is not', null);
      for (const { lease_by } of await rows.execute()) {
        if (lease_by !== null && isGone(lease_by))
          await db.updateTable('jobs').set({ lease_until: 0 }).where('lease_by', '=', lease_by).execute();
      }
    },
    /**
     * Puts back the jobs whose lease has lapsed, except `mine`. Returns those that crashed too often and have
     * therefore failed.
     */
    async settleCrashed(mine: number[]): Promise<{ row: JobRow; problem: Problem }[]> {
      const lapsed = db.selectFrom('jobs').selectAll().where('lease_until', '<', now());
      const failed: { row: JobRow; problem: Problem }[] = [];
      for (const row of await lapsed.where('id', 'not in', mine).execute()) {
        if (row.state === 'running' && row.attempts >= MOST_ATTEMPTS) {
          const problem: Problem = { code: 'machine-failed', values: { reason: 'crash' } };
          if (await fail(row, problem)) failed.push({ row, problem });
          continue;
        }
        // A first crash need not be this job's fault: it is tried again at once.
        const waits = { state: 'waiting' as const, due_at: now() + (WAITS_MS[row.attempts - 2] ?? 0) };
        await db
          .updateTable('jobs')
          .set({ ...(row.state === 'running' && waits), ...free })
          .where('id', '=', row.id)
          .where('state', '=', row.state)
          .where('lease_by', 'is', row.lease_by)
          .execute();
      }
      return failed;
    },
    /**
     * Claims the job of these kinds that has been due longest. A job is left alone while an earlier one of
     * the same kind and subject, cancelled meanwhile, is still being ended.
     */
    claim: (kinds: JobKind[]): Promise<JobRow | undefined> =>
      db
        .updateTable('jobs')
        .set({
          state: 'running',
          stage: 'waiting',
          progress: 0,
          attempts: sql`attempts + 1`,
          started_at: now(),
          ...lease(),
        })
        .where('id', '=', ({ selectFrom }) =>
          selectFrom('jobs as next')
            .select('next.id')
            .where('next.state', '=', 'waiting')
            .where('next.kind', 'in', kinds)
            .where('next.due_at', '<=', now())
            .where(({ not, exists, selectFrom: from }) =>
              not(
                exists(
                  from('jobs as other')
                    .select('other.id')
                    .whereRef('other.kind', '=', 'next.kind')
                    .whereRef('other.subject', '=', 'next.subject')
                    .where('other.lease_until', '>=', now()),
                ),
              ),
            )
            .orderBy('next.due_at')
            .orderBy('next.id')
            .limit(1),
        )
        .returningAll()
        .executeTakeFirst(),
    /**
     * Returns when the next job of these kinds is due, or the next lease lapses that is not one of `mine`;
     * infinity where there is neither.
     */
    async nextAt(kinds: JobKind[], mine: number[]): Promise<number> {
      const { due, lapse } = await db
        .selectFrom('jobs')
        .select(({ fn }) => [
          fn.min('due_at').filterWhere('state', '=', 'waiting').filterWhere('kind', 'in', kinds).as('due'),
          fn.min('lease_until').filterWhere('id', 'not in', mine).as('lapse'),
        ])
        .executeTakeFirstOrThrow();
      return Math.min(due ?? Number.POSITIVE_INFINITY, (lapse ?? Number.POSITIVE_INFINITY) + 1);
    },
    /** Returns those of this runner's jobs that it must stop: cancelled, or claimed by another runner. */
    async lost(ids: number[]): Promise<{ id: number; isCancelled: boolean }[]> {
      const rows = await db.selectFrom('jobs').select(['id', 'state', 'lease_by']).where('id', 'in', ids);
      const states = new Map((await rows.execute()).map((row) => [row.id, row]));
      return ids.flatMap((id) => {
        const row = states.get(id);
        if (row?.state === 'running' && row.lease_by === holder) return [];
        return [{ id, isCancelled: row?.state === 'cancelled' }];
      });
    },
    async renew(id: number): Promise<void> {
      await own(id).set(lease()).execute();
    },
    async progress(id: number, stage: JobStage, progress: number): Promise<void> {
      await own(id)
        .where('state', '=', 'running')
        .set({ stage, progress, ...lease() })
        .execute();
    },
    async done(id: number, result: unknown): Promise<void> {
      const result_json = JSON.stringify(result ?? null);
      const ended = { state: 'done' as const, progress: 1, finished_at: now(), problem_json: null };
      await own(id)
        .where('state', '=', 'running')
        .set({ ...ended, result_json, ...free })
        .execute();
    },
    async refuse(id: number, problem: Problem): Promise<void> {
      const ended = { state: 'failed' as const, finished_at: now(), problem_json: JSON.stringify(problem) };
      await own(id)
        .where('state', '=', 'running')
        .set({ ...ended, ...free })
        .execute();
    },
    /** Puts a job back to be tried again, later with each attempt. */
    async again({ id, attempts }: JobRow): Promise<void> {
      const due_at = now() + (WAITS_MS[attempts - 1] ?? WAITS_MS.at(-1) ?? 0);
      await own(id)
        .where('state', '=', 'running')
        .set({ state: 'waiting', due_at, ...free })
        .execute();
    },
    /** Puts a job back as if this attempt had not been made. `problem`: what it waits for. */
    async putBack({ id, attempts }: JobRow, after: number, problem?: Problem): Promise<void> {
      const waits = { state: 'waiting' as const, stage: 'waiting', attempts: attempts - 1 };
      const problem_json = problem ? JSON.stringify(problem) : null;
      await own(id)
        .where('state', '=', 'running')
        .set({ ...waits, due_at: now() + after, problem_json, ...free })
        .execute();
    },
    /** Gives up the claim on a job that was cancelled, now that it has ended. */
    async letGo(id: number): Promise<void> {
      await own(id).set(free).execute();
    },
    /** Removes jobs that ended a week ago, and failed ones after a month. */
    async forget(): Promise<void> {
      await db
        .deleteFrom('jobs')
        .where(({ or, and, eb }) =>
          or([
            and([eb('state', 'in', ['done', 'cancelled']), eb('finished_at', '<', now() - 7 * DAY_MS)]),
            and([eb('state', '=', 'failed'), eb('finished_at', '<', now() - 30 * DAY_MS)]),
          ]),
        )
        .execute();
    },
  };
}
