import { isAudioName } from '../../model/file-kinds.ts';
import { addJournalEntry } from '../../records/journal.ts';
import { actorOfIntent } from '../actor.ts';
import type { PublishingContext } from '../context.ts';
import { keptPath } from '../data-files.ts';
import {
  contentColumns,
  forgetDraftFolder,
  knownDraft,
  newDraftFolder,
  putDraftFolder,
  setIntent,
} from '../drafts/drafts.ts';
import { keepVersion, readFolder, textHash } from '../folders/folders.ts';
import type { PublishingAction } from '../journal.ts';
import { forgetPeaks } from './put-files.ts';
import type { WritingTask } from './writing-task.ts';
import { afterWriting } from './written-content.ts';

/** The journal's action for each intent. */
export const ACTIONS: Record<WritingTask['intent']['action'], PublishingAction> = {
  publish: 'episode-published',
  review: 'episode-handed-in',
  save: 'episode-saved',
};

/**
 * Finishes a writing in one transaction: the text becomes a version, the journal gets its entry, the draft is
 * deleted. A draft that somebody has edited meanwhile stays, as an edit of the new folder.
 */
export async function finishWriting(context: PublishingContext, task: WritingTask): Promise<void> {
  const { records, uploads, archive, dataDir, now } = context;
  const { draft, intent, key, plan, base } = task;
  const { guid } = base.folder;
  const by = actorOfIntent(intent);
  const files = (await readFolder(archive, key))?.files ?? [];
  const isGone = await records.write(async (db) => {
    await keepVersion(db, { guid, text: plan.final, at: now(), by, reason: by.via });
    const details = { title: plan.content.title, draft: draft.id };
    await addJournalEntry(db, now(), by, { action: ACTIONS[intent.action], subject: key, details });
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
    await putDraftFolder(db, draft.id, newDraftFolder(guid, files));
    if (present.intent?.at === intent.at) await setIntent(db, draft.id, undefined);
    return false;
  });
  for (const name of plan.keeps.filter(isAudioName))
    await forgetPeaks(context, keptPath(dataDir, draft.id, name), key);
  if (isGone) await uploads.release(draft.id);
}
