import { readEpisodeFile } from '../../model/front-matter/episode-file.ts';
import { Refused } from '../../model/problem.ts';
import { dateInName, dateWithOffset } from '../../model/station-time.ts';
import type { PublishingContext } from '../context.ts';
import {
  type Draft,
  findDraft,
  type Intent,
  putDraftFolder,
  readDraftFolder,
  uploadIdsIn,
} from '../drafts/drafts.ts';
import { currentShow, currentStation, readFolder, textHash } from '../folders/folders.ts';
import type { Upload } from '../uploads/uploads.ts';
import { assertWritable } from './assert-writable.ts';
import { chosenFolder } from './choose-folder.ts';
import { type DraftBase, planDraftWriting, readDraftBase } from './draft-base.ts';
import type { TaggedEpisode } from './sound-tag.ts';
import type { WritingPlan } from './writing-plan.ts';

/** A draft to be written, with everything that this needs. */
export type WritingTask = {
  draft: Draft;
  intent: Intent;
  key: string;
  base: DraftBase;
  plan: WritingPlan;
  uploads: ReadonlyMap<string, Upload>;
  tagged: Omit<TaggedEpisode, 'cover'>;
  /**
   * SHA-256 of each episode.md that may be there: the one that the draft was opened from, and those written
   * since.
   */
  expected: ReadonlySet<string>;
};

/**
 * Prepares the writing of a draft: its folder is chosen, nothing is written. `undefined` when an upload is
 * missing. Throws `Refused` for what is wrong, `folder-changed` among it.
 */
export async function prepareWriting(
  context: PublishingContext,
  begun: Draft,
  intent: Intent,
): Promise<WritingTask | undefined> {
  const all = new Map((await context.uploads.ofDraft(begun.id)).map((upload) => [upload.id, upload]));
  const wanted = uploadIdsIn(begun.content).map((id) => all.get(id));
  if (wanted.some((upload) => upload?.state !== 'ready')) return undefined;
  await assertWritable(context, await readDraftBase(context, begun), begun, intent.action);

  const key = await chosenFolder(context, begun, intent);
  const draft = { ...begun, episode: key };
  const base = await readDraftBase(context, draft);
  const uploads = new Map([...all].filter(([, { facts }]) => facts !== undefined));
  const plan = await planDraftWriting(context, base, {
    content: draft.content,
    action: intent.action,
    at: intent.at,
    uploads: new Map([...uploads].map(([id, { name, facts }]) => [id, { file: facts?.file ?? name }])),
  });
  const station = await currentStation(context);
  const show = await currentShow(context, draft.content.show);
  if (show === undefined) throw new Refused('show-missing');
  const { values } = readEpisodeFile(plan.final, key);
  const slug = key.slice(show.slug.length + 1);
  const date = values.date ?? dateInName(slug) ?? dateWithOffset(intent.at, station.timezone);
  const task: WritingTask = {
    draft,
    intent,
    key,
    base,
    plan,
    uploads,
    tagged: { key, content: plan.content, date, show, station, publicUrl: context.publicUrl },
    expected: new Set([
      ...(draft.base === undefined ? [] : [draft.base]),
      ...base.folder.written,
      ...[plan.first, plan.final].flatMap((text) => (text === undefined ? [] : [textHash(text)])),
    ]),
  };
  await assertUntouched(context, task);
  return task;
}

/**
 * Throws `Refused` (`folder-changed`) when somebody else has changed the episode's text, or taken its folder
 * away.
 */
export async function assertUntouched(
  context: PublishingContext,
  { key, base, expected }: Pick<WritingTask, 'key' | 'base' | 'expected'>,
): Promise<void> {
  const folder = await readFolder(context.archive, key);
  if (base.isNew && (folder === undefined || folder.files.length === 0)) return;
  if (folder === undefined) throw new Refused('folder-changed', { file: key });
  if (!expected.has(folder.hash)) throw new Refused('folder-changed', { file: `${key}/episode.md` });
}

/**
 * Records, before anything is written, what will be written: from now on the intent cannot be taken back.
 * Returns whether the draft is still as the task has it.
 */
export async function announceWriting(
  context: PublishingContext,
  { draft, intent, plan }: WritingTask,
): Promise<boolean> {
  return context.records.write(async (db) => {
    const present = await findDraft(db, { id: draft.id });
    if (present?.revision !== draft.revision || present.intent?.at !== intent.at) return false;
    const folder = await readDraftFolder(db, draft.id);
    const coming = [plan.first, plan.final].flatMap((text) => (text === undefined ? [] : [textHash(text)]));
    const written = [...new Set([...folder.written, ...coming])];
    await putDraftFolder(db, draft.id, { ...folder, written, isWriting: true });
    return true;
  });
}
