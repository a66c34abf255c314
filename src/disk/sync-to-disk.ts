import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemCode } from './system-error.ts';

/**
 * Makes what was written to a file last, or what happened to the names in a folder: without it, a power cut may undo a rename.
 * Throws what `node:fs` throws.
 */
export async function syncToDisk(path: string): Promise<void> {
  const opened = await open(path, 'r');
  try {
    await opened.sync();
  } catch (error) {
    // Some network file systems cannot sync a folder; they order renames themselves.
    if (systemCode(error) !== 'EINVAL' && systemCode(error) !== 'ENOTSUP') throw error;
  } finally {
    await opened.close();
  }
}

/** Makes what was written to a file last, for code that has nothing else to do meanwhile. Throws what `node:fs` throws. */
export function syncFileNow(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
