import { Refused } from '../../model/problem.ts';
import type { Room } from '../context.ts';
import { readingIn } from './episode-folder.ts';
import type { FolderReading } from './episode-reading.ts';
import type { FolderText } from './folder-text.ts';

/** Returns what a folder's text says, as far as it can be read: what is to be moved or to go need not be. */
export async function readableOf<T extends Pick<FolderText, 'key' | 'text' | 'files'>>(
  room: Room,
  folder: T,
): Promise<T & { reading?: FolderReading }> {
  try {
    return { ...folder, reading: await readingIn(room, folder) };
  } catch (error) {
    if (error instanceof Refused) return folder;
    throw error;
  }
}
