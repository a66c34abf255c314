import type { Selectable } from 'kysely';
import { z } from 'zod';
import { parseProblem } from '../model/problem.ts';
import type { RecordsTables } from '../records/tables.ts';
import { JOB_KINDS, type Job } from './job.ts';

export type JobRow = Selectable<RecordsTables['jobs']>;

const stage = z.enum([
  'waiting',
  'looking',
  'measuring',
  'encoding',
  'checking',
  'comparing',
  'writing',
  'removing',
]);
const kind = z.enum(JOB_KINDS);

/** Below this progress, and before this time (ms), the time that is left cannot be estimated. */
const LEAST_PROGRESS = 0.03;
const LEAST_MS = 1_000;

/** Returns the job of a row. `now` in milliseconds since 1970. */
export function jobFromRow(row: JobRow, now: number): Job {
  const secondsLeft = secondsLeftOf(row, now);
  const problem = parseProblem(row.problem_json);
  return {
    id: row.id,
    kind: kind.parse(row.kind),
    subject: row.subject,
    state: row.state,
    stage: stage.parse(row.stage),
    progress: row.progress,
    ...(secondsLeft !== undefined && { secondsLeft }),
    attempts: row.attempts,
    createdAt: row.created_at,
    ...(problem && { problem }),
    ...(row.result_json !== null && { result: JSON.parse(row.result_json) }),
  };
}

/** Returns the estimate at the pace so far. */
function secondsLeftOf({ state, started_at, progress }: JobRow, now: number): number | undefined {
  if (state !== 'running' || started_at === null) return undefined;
  const elapsed = now - started_at;
  if (progress < LEAST_PROGRESS || elapsed < LEAST_MS) return undefined;
  return Math.max(1, Math.round((elapsed * (1 - progress)) / progress / 1_000));
}
