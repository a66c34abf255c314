import { Refused } from '../../model/problem.ts';
import { dateInName } from '../../model/station-time.ts';
import type { JournalActor } from '../../records/journal.ts';
import type { Db } from '../../records/records.ts';
import type { PublishingContext } from '../context.ts';
import { showOf } from '../permissions.ts';
import { type EpisodeReading, readEpisodeFolder } from './episode-reading.ts';
import { type FolderText, folderAt } from './folder-text.ts';
import { currentShow } from './known-show.ts';
import { keepVersion } from './version-rows.ts';

/** An episode's folder as it is now, read. */
export type EpisodeFolder = FolderText & { reading: EpisodeReading };

/**
 * Returns the content of an episode.md in a folder with these files. Throws `Refused` (`value-wrong`) when it
 * cannot be read.
 */
export async function readEpisodeText(
  context: PublishingContext,
  folder: Pick<FolderText, 'key' | 'text' | 'files'>,
): Promise<EpisodeReading> {
  const show = await currentShow(context, showOf(folder.key));
  return readEpisodeFolder({ ...folder, showGuid: show?.guid ?? '' });
}

/**
 * Returns an episode's folder. Throws `Refused`: `not-found`, `episode-withdrawn`, `value-wrong`.
 */
export async function episodeFolder(context: PublishingContext, key: string): Promise<EpisodeFolder> {
  if (!/^[^/]+\/[^/]+$/.test(key)) throw new Refused('not-found');
  const folder = await folderAt(context.archive, key);
  const reading = await readEpisodeText(context, folder);
  if (reading.values.status === 'withdrawn') throw new Refused('episode-withdrawn');
  return { ...folder, reading };
}

/**
 * Returns the date of an episode (milliseconds since 1970) that is dated by a file alone, since neither its
 * text nor its folder's name has a date: touching the file would change it. `undefined` for all others.
 */
export async function dateOfFile(
  { catalogue }: PublishingContext,
  key: string,
  { values }: EpisodeReading,
): Promise<number | undefined> {
  const [show = '', slug = ''] = key.split('/');
  if (values.date !== undefined || dateInName(slug) !== undefined) return undefined;
  return (await catalogue.episodeOfAnyStatus(show, slug))?.publishedAt;
}

/** Keeps the folder's text as a version if the studio did not write it: then somebody changed it by hand. */
export async function noteFolderText(
  db: Db,
  { text, modifiedAt, reading }: Pick<EpisodeFolder, 'text' | 'modifiedAt' | 'reading'>,
  now: number,
): Promise<void> {
  if (text === '') return;
  const at = Math.min(now, Math.round(modifiedAt) || now);
  await keepVersion(db, { guid: reading.guids.episode, text, at, reason: 'folder' });
}

/** Keeps a folder's old and new text as versions. */
export async function noteNewText(
  db: Db,
  before: EpisodeFolder,
  after: { text: string; at: number; by: JournalActor; reason?: 'restore' },
): Promise<void> {
  await noteFolderText(db, before, after.at);
  const { text, at, by, reason = by.via } = after;
  await keepVersion(db, { guid: before.reading.guids.episode, text, at, by, reason });
}

/**
 * Returns the content of a folder's text, or `undefined` when it cannot be read: a broken episode can still
 * be moved or removed.
 */
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
