import { Refused } from '../../model/problem.ts';
import type { Actor } from '../../model/staff.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { PublishingContext } from '../context.ts';
import type { Draft } from '../drafts/draft.ts';
import { forgetDraftFolder, readDraftFolder } from '../drafts/draft-folder.ts';
import { readFolder } from '../folders/folder-text.ts';

/**
 * Throws a draft away with its uploads. The folder stays as it is, unless it is one that was only begun and nobody but us
 * has touched. Files go first: what a crash cuts off here can be thrown away again. Throws `Refused` (`episode-busy`) when
 * it is being written already.
 */
export async function discardDraft(context: PublishingContext, draft: Draft, actor: Actor): Promise<void> {
  const { records, uploads, archive, now } = context;
  const { written, isWriting } = await readDraftFolder(records.db, draft.id);
  if (isWriting) throw new Refused('episode-busy');
  await uploads.purge(draft.id);
  const { episode, base, id } = draft;
  if (episode !== undefined && base === undefined) {
    const folder = await readFolder(archive, episode);
    if (folder !== undefined && written.includes(folder.hash)) await archive.remove(episode);
  }
  await records.write(async (db) => {
    await db.deleteFrom('drafts').where('id', '=', id).execute();
    await forgetDraftFolder(db, id);
    await addJournalEntry(db, now(), actor, { action: 'draft-discarded', subject: episode ?? id });
  });
}
