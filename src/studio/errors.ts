import { meansDiskFull } from '../disk/system-error.ts';
import type { Problem, ProblemCode } from '../model/problem.ts';
import { Refused } from '../model/problem.ts';
import { FeedWouldBreak } from '../publishing/dry-run/dry-run.ts';
import { DraftConflict } from '../publishing/publishing.ts';

/** Codes that are not listed answer 422: understood, but not possible as it is. */
const STATUSES: Partial<Record<ProblemCode, number>> = {
  'login-needed': 401,
  'other-origin': 403,
  'not-allowed': 403,
  'not-found': 404,
  'value-wrong': 400,
  'draft-conflict': 409,
  'folder-changed': 409,
  'already-there': 409,
  'episode-withdrawn': 410,
  'upload-too-large': 413,
  'upload-no-room': 507,
  'upload-busy': 423,
  'upload-expired': 410,
  'too-many-uploads': 429,
  'disk-full': 507,
  'folder-read-only': 503,
  'machine-failed': 500,
  'feed-would-break': 409,
  'login-wrong': 401,
  'login-throttled': 429,
};

// By name, so that the archive's error classes need not be loaded.
const BY_NAME: Record<string, ProblemCode> = {
  NotWritable: 'folder-read-only',
  KeyRefused: 'name-refused',
  FileNotFound: 'not-found',
  FileGone: 'not-found',
  AlreadyThere: 'already-there',
  NotPicture: 'picture-refused',
  PictureTooLarge: 'picture-refused',
  URIError: 'not-found',
};

export type Failure = { status: number; problem: Problem; isOurs: boolean };

/** Returns how an error is answered. `isOurs`: a fault of the program, which belongs in the log. */
export function failureOfError(error: unknown): Failure {
  const problem = problemOf(error);
  if (problem === undefined) {
    const reason = error instanceof Error ? error.name : 'Error';
    return { status: 500, problem: { code: 'machine-failed', values: { reason } }, isOurs: true };
  }
  return { status: STATUSES[problem.code] ?? 422, problem, isOurs: false };
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Refused) return error.problem;
  if (error instanceof DraftConflict)
    return { code: 'draft-conflict', values: { name: error.conflict.byName } };
  if (error instanceof FeedWouldBreak)
    return { code: 'feed-would-break', values: { count: String(error.differences.length) } };
  if (!(error instanceof Error)) return undefined;
  if (meansDiskFull(error) || meansDiskFull(error.cause)) return { code: 'disk-full', values: {} };
  const code = BY_NAME[error.name];
  return code && { code, values: { name: error.message, reason: error.message } };
}
