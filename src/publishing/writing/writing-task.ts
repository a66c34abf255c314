import { readEpisodeFile } from '../../model/episode-file.ts';
import { Refused } from '../../model/problem.ts';
import { dateInName } from '../../model/station-time.ts';
import type { Room } from '../context.ts';
import type { Draft, Intent } from '../drafts/draft.ts';
import { draftFolder, putDraftFolder } from '../drafts/draft-folder.ts';
import { findDraft, uploadsIn } from '../drafts/draft-rows.ts';
import { assertWritable } from '../editing/submit-draft.ts';
import { readFolder } from '../folders/folder-text.ts';
import { knownShow, knownStation } from '../folders/known-show.ts';
import { dateWithOffset } from '../folders/station-date.ts';
import { textHash } from '../folders/text-hash.ts';
import type { Upload } from '../uploads/upload.ts';
import { chosenFolder } from './choose-folder.ts';
import { type Beginning, beginningOf, planOf } from './draft-base.ts';
import type { TaggedEpisode } from './sound-tag.ts';
import type { WritingPlan } from './writing-plan.ts';

/** A draft that is to become its folder, with all that this takes. */
export type WritingTask = {
  draft: Draft;
  intent: Intent;
  key: string;
  beginning: Beginning;
  plan: WritingPlan;
  uploads: ReadonlyMap<string, Upload>;
  tagged: Omit<TaggedEpisode, 'cover'>;
  /** SHA-256 of each episode.md that may be there: what the draft began from, and what we have written since. */
  expected: ReadonlySet<string>;
};

/**
 * Prepares the writing of a draft: its folder is chosen, nothing in it is touched. `undefined` when not all of it is here
 * yet. Throws `Refused` for what stands against it, `folder-changed` among it.
 */
export async function writingTask(
  room: Room,
  begun: Draft,
  intent: Intent,
): Promise<WritingTask | undefined> {
  const all = new Map((await room.uploads.ofDraft(begun.id)).map((upload) => [upload.id, upload]));
  const wanted = uploadsIn(begun.content).map((id) => all.get(id));
  if (wanted.some((upload) => upload?.state !== 'ready')) return undefined;
  await assertWritable(room, await beginningOf(room, begun), begun, intent.action);

  const key = await chosenFolder(room, begun, intent);
  const draft = { ...begun, episode: key };
  const beginning = await beginningOf(room, draft);
  const uploads = new Map([...all].filter(([, { facts }]) => facts !== undefined));
  const plan = await planOf(room, beginning, {
    content: draft.content,
    action: intent.action,
    at: intent.at,
    uploads: new Map([...uploads].map(([id, { name, facts }]) => [id, { file: facts?.file ?? name }])),
  });
  const station = await knownStation(room);
  const show = await knownShow(room, draft.content.show);
  if (show === undefined) throw new Refused('show-missing');
  const { values } = readEpisodeFile(plan.final, key);
  const slug = key.slice(show.slug.length + 1);
  const date = values.date ?? dateInName(slug) ?? dateWithOffset(intent.at, station.timezone);
  const task: WritingTask = {
    draft,
    intent,
    key,
    beginning,
    plan,
    uploads,
    tagged: { key, content: plan.content, date, show, station, publicUrl: room.publicUrl },
    expected: new Set([
      ...(draft.base === undefined ? [] : [draft.base]),
      ...beginning.folder.written,
      ...[plan.first, plan.final].flatMap((text) => (text === undefined ? [] : [textHash(text)])),
    ]),
  };
  await assertUntouched(room, task);
  return task;
}

/** Throws `Refused` (`folder-changed`) when somebody else has changed the episode's text, or taken its folder away. */
export async function assertUntouched(
  room: Room,
  { key, beginning, expected }: Pick<WritingTask, 'key' | 'beginning' | 'expected'>,
): Promise<void> {
  const folder = await readFolder(room.archive, key);
  if (beginning.isNew && (folder === undefined || folder.files.length === 0)) return;
  if (folder === undefined) throw new Refused('folder-changed', { file: key });
  if (!expected.has(folder.hash)) throw new Refused('folder-changed', { file: `${key}/episode.md` });
}

/**
 * Says, before anything is written, what will be: from now on it can no longer be taken back. Returns whether the draft
 * is still as the task has it.
 */
export async function announce(room: Room, { draft, intent, plan }: WritingTask): Promise<boolean> {
  return room.records.write(async (db) => {
    const present = await findDraft(db, { id: draft.id });
    if (present?.revision !== draft.revision || present.intent?.at !== intent.at) return false;
    const folder = await draftFolder(db, draft.id);
    const coming = [plan.first, plan.final].flatMap((text) => (text === undefined ? [] : [textHash(text)]));
    const written = [...new Set([...folder.written, ...coming])];
    await putDraftFolder(db, draft.id, { ...folder, written, isWriting: true });
    return true;
  });
}
