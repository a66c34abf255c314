import type { Room } from '../context.ts';
import type { Draft, DraftContent, IntendedAction } from '../drafts/draft.ts';
import { type DraftFolder, draftFolder } from '../drafts/draft-folder.ts';
import { datedByFile, readingIn } from '../folders/episode-folder.ts';
import type { FolderReading } from '../folders/episode-reading.ts';
import { knownStation } from '../folders/known-show.ts';
import { textOfHash } from '../folders/version-rows.ts';
import type { ReadyFile } from './file-placement.ts';
import { planWriting, type WritingPlan } from './writing-plan.ts';

/** What a draft began from. */
export type Beginning = {
  /** `show/folder`; of an episode that has no folder yet, with a name that is none. */
  key: string;
  before: FolderReading;
  folder: DraftFolder;
  /** There is no episode yet. */
  isNew: boolean;
};

/** Returns the folder as it was when the draft began from it, whatever it has become. */
export async function beginningOf(room: Room, draft: Draft): Promise<Beginning> {
  const { db } = room.records;
  const folder = await draftFolder(db, draft.id);
  const key = draft.episode ?? `${draft.content.show}/${draft.id}`;
  const isNew = draft.base === undefined;
  const text = draft.base === undefined ? '' : ((await textOfHash(db, folder.guid, draft.base)) ?? '');
  const before = await readingIn(room, { key, text, files: isNew ? [] : folder.files });
  return { key, before, folder, isNew };
}

/** Returns how a draft would be written. Throws what `planWriting` does. */
export async function planOf(
  room: Room,
  beginning: Beginning,
  asked: {
    content: DraftContent;
    action: IntendedAction;
    uploads: ReadonlyMap<string, ReadyFile>;
    at: number;
  },
): Promise<WritingPlan> {
  const { before, folder, isNew } = beginning;
  const { timezone } = await knownStation(room);
  const dated = isNew ? undefined : await datedByFile(room, beginning.key, before);
  return planWriting({ ...asked, before, isNew, guid: folder.guid, timezone, dated });
}

/** Returns what is known of the draft's uploads that are ready, by their ids. */
export async function readyFiles({ uploads }: Room, draft: string): Promise<Map<string, ReadyFile>> {
  const all = await uploads.ofDraft(draft);
  return new Map(
    all.flatMap(({ id, state, facts }) =>
      state === 'ready' && facts !== undefined ? [[id, { file: facts.file }] as const] : [],
    ),
  );
}
