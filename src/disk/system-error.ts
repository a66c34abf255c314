/** Returns the system's code of an error (`ENOENT`), or the empty string where it has none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Returns whether the error says that nothing is there under that name. */
export function meansAbsent(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

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
