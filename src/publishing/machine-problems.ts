import { NotWritable, systemCode } from '../archive/archive-errors.ts';
import { RetryLater } from '../jobs/job.ts';
import type { Problem } from '../model/problem.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/** Returns what is the matter with the machine when writing failed so; `undefined` where that is not it. */
export function machineProblem(error: unknown): Problem | undefined {
  const cause = error instanceof NotWritable ? error.cause : error;
  if (FULL.has(systemCode(cause))) return { code: 'disk-full', values: {} };
  if (error instanceof NotWritable || READ_ONLY.has(systemCode(cause)))
    return { code: 'folder-read-only', values: {} };
  return undefined;
}

/** So long after the disk was full, or could not be written to, a job is tried again (ms). */
const AGAIN_MS = 60_000;

/** Returns the error with which a job ends: to be tried again where the machine is to blame, as that heals; else as it is. */
export function jobError(error: unknown): unknown {
  const problem = machineProblem(error);
  return problem === undefined ? error : new RetryLater(AGAIN_MS, problem, { cause: error });
}
