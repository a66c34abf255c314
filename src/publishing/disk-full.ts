import { systemCode } from '../archive/archive-errors.ts';
import { Refused } from '../model/problem.ts';

/** EFBIG: as much as one file may have here. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** SQLITE_FULL, whatever its extension says (SQLite, "Result and Error Codes"). */
const SQLITE_FULL = 13;

/** Returns whether something could not be written since the disk, or what one may have of it, is full. */
export function meansDiskFull(error: unknown): boolean {
  if (FULL.has(systemCode(error))) return true;
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' && (code & 0xff) === SQLITE_FULL;
}

/** Returns the refusal for a disk that is full; every other error as it is. */
export const diskError = (error: unknown): unknown =>
  meansDiskFull(error) ? new Refused('disk-full', {}, { cause: error }) : error;
