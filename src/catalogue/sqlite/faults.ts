// Result codes of SQLite; the low byte is the primary one (sqlite.org/rescode.html).
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & 0xff;
}

/** Returns whether SQLite says that another connection has the lock. */
export const isBusy = (error: unknown): boolean => resultCode(error) === SQLITE_BUSY;

/** Returns whether SQLite says that the file is no sound database. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
