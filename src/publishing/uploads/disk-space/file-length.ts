import { stat } from 'node:fs/promises';
import { meansAbsent } from '../../../disk/system-error.ts';

/** Returns the length of a file; `undefined` when it is not there. */
export async function fileLength(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (meansAbsent(error)) return undefined;
    throw error;
  }
}
