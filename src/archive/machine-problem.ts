import { meansDiskFull, systemCode } from '../disk/system-error.ts';
import type { Problem } from '../model/problem.ts';
import { NotWritable } from './archive-errors.ts';

const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/** Returns the machine's problem behind an error of writing: a full disk, a read-only folder. `undefined` for other errors. */
export function machineProblem(error: unknown): Problem | undefined {
  const cause = error instanceof NotWritable ? error.cause : error;
  if (meansDiskFull(cause)) return { code: 'disk-full', values: {} };
  if (error instanceof NotWritable || READ_ONLY.has(systemCode(cause)))
    return { code: 'folder-read-only', values: {} };
  return undefined;
}
