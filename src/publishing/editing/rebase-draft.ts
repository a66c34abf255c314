import { Refused } from '../../model/problem.ts';
import type { Db } from '../../records/records.ts';
import type { PublishingContext } from '../context.ts';
import {
  contentColumns,
  type DraftContent,
  knownDraft,
  newDraftFolder,
  putDraftFolder,
  readDraftFolder,
} from '../drafts/drafts.ts';
import { type EpisodeReading, noteFolderText, readEpisodeText, readFolder } from '../folders/folders.ts';

/**
 * Rebases a draft on the folder as it is now: files that somebody added are added, files that somebody
 * removed are removed, all else stays as the draft has it. If the whole folder is gone, the draft becomes a
 * new episode.
 */
export async function rebaseDraft(context: PublishingContext, id: string, episode: string): Promise<void> {
  const { records, archive, now } = context;
  const folder = await readFolder(archive, episode);
  const reading = folder && (await readEpisodeText(context, folder));
  if (reading?.values.status === 'withdrawn') throw new Refused('episode-withdrawn');
  await records.write(async (db) => {
    const before = await readDraftFolder(db, id);
    if (before.isWriting) return;
    const { content } = await knownDraft(db, id);
    if (folder === undefined || reading === undefined) {
      await begin(db, id, withoutFolder(content), null);
      await putDraftFolder(db, id, newDraftFolder(id));
      return;
    }
    await noteFolderText(db, { ...folder, reading }, now());
    await begin(db, id, withFolder(content, reading, before.files), { episode, base: folder.hash });
    await putDraftFolder(db, id, newDraftFolder(reading.guids.episode, folder.files));
  });
}

async function begin(
  db: Db,
  id: string,
  content: DraftContent,
  from: { episode: string; base: string } | null,
): Promise<void> {
  await db
    .updateTable('drafts')
    .set({ ...contentColumns(content), intent_json: null, problem_json: null })
    .set({ episode: from?.episode ?? null, base: from?.base ?? null })
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** `known`: the files that the folder had when the draft was opened. */
function withFolder(
  content: DraftContent,
  { content: there, files }: EpisodeReading,
  known: string[],
): DraftContent {
  const merged = <T extends { file: string; upload?: string | undefined }>(own: T[], now: T[]): T[] => [
    ...own.filter(({ file, upload }) => upload !== undefined || files.includes(file)),
    ...now.filter(({ file }) => !known.includes(file) && !own.some((one) => one.file === file)),
  ];
  return {
    ...content,
    segments: merged(content.segments, there.segments),
    files: merged(content.files, there.files),
  };
}

function withoutFolder(content: DraftContent): DraftContent {
  const uploaded = <T extends { upload?: string | undefined }>(all: T[]): T[] =>
    all.filter(({ upload }) => upload !== undefined);
  const { file: _, ...cover } = content.cover;
  return { ...content, segments: uploaded(content.segments), files: uploaded(content.files), cover };
}
