import { Refused } from '../../model/problem.ts';
import type { PublishingContext } from '../context.ts';
import { readEpisodeText } from './episode-folder.ts';
import type { EpisodeReading } from './episode-reading.ts';
import type { FolderText } from './folder-text.ts';

/** Returns what a folder's text says, as far as it can be read: what is to be moved or to go need not be. */
export async function readIfReadable<T extends Pick<FolderText, 'key' | 'text' | 'files'>>(
  context: PublishingContext,
  folder: T,
): Promise<T & { reading?: EpisodeReading }> {
  try {
    return { ...folder, reading: await readEpisodeText(context, folder) };
  } catch (error) {
    if (error instanceof Refused) return folder;
    throw error;
  }
}
