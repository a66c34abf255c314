import type { PublishingContext } from '../context.ts';
import {
  type Draft,
  type DraftContent,
  type DraftFolder,
  type IntendedAction,
  readDraftFolder,
} from '../drafts/drafts.ts';
import {
  currentStation,
  dateOfFile,
  type EpisodeReading,
  readEpisodeText,
  textOfHash,
} from '../folders/folders.ts';
import type { ReadyFile } from './file-placement.ts';
import { planWriting, type WritingPlan } from './writing-plan.ts';

/** The state of the folder that a draft was opened from. */
export type DraftBase = {
  /** `show/folder`; for an episode without a folder, a placeholder. */
  key: string;
  before: EpisodeReading;
  folder: DraftFolder;
  /** The episode does not exist yet. */
  isNew: boolean;
};

/** Returns the folder as it was when the draft was opened, even if it has changed since. */
export async function readDraftBase(context: PublishingContext, draft: Draft): Promise<DraftBase> {
  const { db } = context.records;
  const folder = await readDraftFolder(db, draft.id);
  const key = draft.episode ?? `${draft.content.show}/${draft.id}`;
  const isNew = draft.base === undefined;
  const text = draft.base === undefined ? '' : ((await textOfHash(db, folder.guid, draft.base)) ?? '');
  const before = await readEpisodeText(context, { key, text, files: isNew ? [] : folder.files });
  return { key, before, folder, isNew };
}

/** Returns how a draft would be written. Throws what `planWriting` does. */
export async function planDraftWriting(
  context: PublishingContext,
  base: DraftBase,
  asked: {
    content: DraftContent;
    action: IntendedAction;
    uploads: ReadonlyMap<string, ReadyFile>;
    at: number;
  },
): Promise<WritingPlan> {
  const { before, folder, isNew } = base;
  const { timezone } = await currentStation(context);
  const dated = isNew ? undefined : await dateOfFile(context, base.key, before);
  return planWriting({ ...asked, before, isNew, guid: folder.guid, timezone, dated });
}

/** Returns the facts of the draft's ready uploads, by their ids. */
export async function readyFiles(
  { uploads }: PublishingContext,
  draft: string,
): Promise<Map<string, ReadyFile>> {
  const all = await uploads.ofDraft(draft);
  return new Map(
    all.flatMap(({ id, state, facts }) =>
      state === 'ready' && facts !== undefined ? [[id, { file: facts.file }] as const] : [],
    ),
  );
}
