import { setTimeout as sleep } from 'node:timers/promises';
import type { Records } from '../records/records.ts';
import type { Job, Jobs } from './job.ts';
import { jobFromRow } from './job-rows.ts';

const DAY_MS = 24 * 3_600_000;
/** How often the records are checked while somebody waits for a job's end (ms). */
const LOOKS_MS = 50;

/** Opens the jobs for adding and reading; `startJobRunner` does them. `now` in milliseconds since 1970. */
export function openJobs({ records, now = Date.now }: { records: Records; now?: () => number }): Jobs {
  const { db } = records;

  const get: Jobs['get'] = async (id) => {
    const row = await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
    return row && jobFromRow(row, now());
  };

  return {
    async add(kind, subject, payload = {}, within = db) {
      for (;;) {
        const added = await within
          .insertInto('jobs')
          .values({
            kind,
            subject,
            payload_json: JSON.stringify(payload),
            state: 'waiting',
            stage: 'waiting',
            progress: 0,
            attempts: 0,
            due_at: now(),
            created_at: now(),
          })
          // A unique index allows one job of a kind and subject that waits or runs.
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (added) return added.id;
        // Somebody who asks again does not wait for the next retry.
        const waiting = await within
          .updateTable('jobs')
          .set(({ fn, ref, val }) => ({ due_at: fn<number>('min', [ref('due_at'), val(now())]) }))
          .where('kind', '=', kind)
          .where('subject', '=', subject)
          .where('state', '=', 'waiting')
          .returning('id')
          .executeTakeFirst();
        if (waiting) return waiting.id;
        const running = await within
          .selectFrom('jobs')
          .select('id')
          .where('kind', '=', kind)
          .where('subject', '=', subject)
          .where('state', '=', 'running')
          .executeTakeFirst();
        if (running) return running.id;
      }
    },
    get,
    async ofSubjects(subjects) {
      if (subjects.length === 0) return [];
      const newest = db
        .selectFrom('jobs')
        .select(({ fn }) => fn.max('id').as('id'))
        .where('subject', 'in', subjects)
        .groupBy(['kind', 'subject']);
      const rows = await db.selectFrom('jobs').selectAll().where('id', 'in', newest).orderBy('id').execute();
      return rows.map((row) => jobFromRow(row, now()));
    },
    async underWay() {
      const rows = await db
        .selectFrom('jobs')
        .selectAll()
        .where(({ or, and, eb }) =>
          or([
            eb('state', 'in', ['waiting', 'running']),
            and([eb('state', '=', 'failed'), eb('finished_at', '>', now() - DAY_MS)]),
          ]),
        )
        .orderBy('id')
        .execute();
      return rows.map((row) => jobFromRow(row, now()));
    },
    async cancel(id) {
      await db
        .updateTable('jobs')
        .set({ state: 'cancelled', finished_at: now() })
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'running'])
        .execute();
    },
    async retry(id) {
      await db
        .updateTable('jobs')
        .set({
          state: 'waiting',
          stage: 'waiting',
          progress: 0,
          attempts: 0,
          due_at: now(),
          finished_at: null,
          problem_json: null,
        })
        .where('id', '=', id)
        .where('state', '=', 'failed')
        .where(({ not, exists, selectFrom, ref }) =>
          not(
            exists(
              selectFrom('jobs as other')
                .select('other.id')
                .whereRef('other.kind', '=', ref('jobs.kind'))
                .whereRef('other.subject', '=', ref('jobs.subject'))
                .where('other.state', 'in', ['waiting', 'running']),
            ),
          ),
        )
        .execute();
    },
    async ended(id, within) {
      const until = performance.now() + within;
      for (let seen: string | undefined, job: Job | undefined; ; ) {
        const version = records.version();
        if (version !== seen) {
          seen = version;
          job = await get(id);
          if (job === undefined || (job.state !== 'waiting' && job.state !== 'running')) return job;
        }
        if (performance.now() >= until) return job;
        await sleep(LOOKS_MS);
      }
    },
  };
}
