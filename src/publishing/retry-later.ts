import { machineProblem } from '../archive/machine-problem.ts';
import { RetryLater } from '../jobs/job.ts';

/** So long after the disk was full, or could not be written to, a job is tried again (ms). */
const AGAIN_MS = 60_000;

/**
 * Returns the error with which a job ends: `RetryLater` where the machine is to blame, since a full disk is emptied some day;
 * every other error as it is.
 */
export function retryMachineProblem(error: unknown): unknown {
  const problem = machineProblem(error);
  return problem === undefined ? error : new RetryLater(AGAIN_MS, problem, { cause: error });
}
