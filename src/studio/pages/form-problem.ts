import { type ProblemCode, Refused } from '../../model/problem.ts';
import { failureOfError } from '../errors.ts';
import type { Call } from '../route.ts';

/** Why a form is shown again: the sentence, its field, and the status of the answer. */
export type FormProblem = { sentence: string; field: string; status: number };

/**
 * Returns what a form shows for an error, by the field that each problem is about. Throws the error when it
 * is about none of them.
 */
export function formProblem(
  error: unknown,
  call: Call,
  fields: Partial<Record<ProblemCode, string>>,
): FormProblem {
  const field = error instanceof Refused ? fields[error.problem.code] : undefined;
  if (!(error instanceof Refused) || field === undefined) throw error;
  const { code, values } = error.problem;
  return { sentence: call.texts.problems[code](values), field, status: failureOfError(error).status };
}
