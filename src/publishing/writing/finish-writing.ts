import { isAudioName } from '../../model/file-kinds.ts';
import { doerOf } from '../actor.ts';
import type { Room } from '../context.ts';
import { keptPath } from '../data-files.ts';
import { folderBegun, forgetDraftFolder, putDraftFolder } from '../drafts/draft-folder.ts';
import { contentColumns, knownDraft, setIntent } from '../drafts/draft-rows.ts';
import { readFolder } from '../folders/folder-text.ts';
import { textHash } from '../folders/text-hash.ts';
import { keepVersion } from '../folders/version-rows.ts';
import { note, type PublishingAction } from '../journal.ts';
import { forgetPeaks } from './put-files.ts';
import type { WritingTask } from './writing-task.ts';
import { afterWriting } from './written-content.ts';

/** What the journal says of each thing that can be asked for. */
export const ACTIONS: Record<WritingTask['intent']['action'], PublishingAction> = {
  publish: 'episode-published',
  review: 'episode-handed-in',
  save: 'episode-saved',
};

/**
 * Writes down that the folder is written: its text as a version, who did it, and the draft is gone, all at once. A draft that
 * somebody has written in meanwhile stays, as an edit of the folder as it is now.
 */
export async function finishWriting(room: Room, task: WritingTask): Promise<void> {
  const { records, uploads, archive, dataDir, now } = room;
  const { draft, intent, key, plan, beginning } = task;
  const { guid } = beginning.folder;
  const by = doerOf(intent);
  const files = (await readFolder(archive, key))?.files ?? [];
  const isGone = await records.write(async (db) => {
    await keepVersion(db, { guid, text: plan.final, at: now(), by, reason: by.via });
    const details = { title: plan.content.title, draft: draft.id };
    await note(db, now(), by, { action: ACTIONS[intent.action], subject: key, details });
    const present = await knownDraft(db, draft.id);
    if (present.revision === draft.revision) {
      await db.deleteFrom('drafts').where('id', '=', draft.id).execute();
      await forgetDraftFolder(db, draft.id);
      return true;
    }
    const content = afterWriting(present.content, draft.content, plan);
    await db
      .updateTable('drafts')
      .set({ ...contentColumns(content), base: textHash(plan.final), problem_json: null })
      .where('id', '=', draft.id)
      .execute();
    await putDraftFolder(db, draft.id, folderBegun(guid, files));
    if (present.intent?.at === intent.at) await setIntent(db, draft.id, undefined);
    return false;
  });
  for (const name of plan.keeps.filter(isAudioName))
    await forgetPeaks(room, keptPath(dataDir, draft.id, name), key);
  if (isGone) await uploads.release(draft.id);
}
