import { Refused } from '../../model/problem.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';

/** How long a page waits for a job before it shows the list of jobs (ms). */
const PATIENCE_MS = 8_000;

/**
 * Returns the redirect after a job: to `to`, with a notice, once the job has ended and its effect is `seen`
 * there; to the list of jobs while it has not ended. Throws the reason if it failed.
 */
export async function jobOutcome(
  studio: Studio,
  call: Call,
  job: number,
  done: { to: string; notice: string; seen?: (result: unknown) => Promise<unknown> },
): Promise<Reply> {
  const ended = await studio.jobs.ended(job, PATIENCE_MS);
  if (ended?.problem !== undefined && ended.state !== 'done')
    throw new Refused(ended.problem.code, ended.problem.values);
  if (ended?.state === 'done') {
    await done.seen?.(ended.result);
    return { kind: 'redirect', to: done.to, notice: done.notice };
  }
  return { kind: 'redirect', to: '/studio/jobs', notice: call.texts.administration.done.underWay };
}
