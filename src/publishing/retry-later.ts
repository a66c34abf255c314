import { machineProblem } from '../archive/machine-problem.ts';
import { RetryLater } from '../jobs/job.ts';

/** How long after a full or read-only disk a job is tried again (ms). */
const AGAIN_MS = 60_000;

/**
 * Returns the error with which a job ends: `RetryLater` where the machine is to blame, since a full disk will
 * have room again; every other error as it is.
 */
export function retryMachineProblem(error: unknown): unknown {
  const problem = machineProblem(error);
  return problem === undefined ? error : new RetryLater(AGAIN_MS, problem, { cause: error });
}
