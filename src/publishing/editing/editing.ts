import { type Actor, mayPublishFor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { PublishingContext } from '../context.ts';
import {
  type Draft,
  forgetDraftFolder,
  insertDraft,
  knownDraft,
  normalContent,
  readDraftFolder,
  setIntent,
  setProblem,
} from '../drafts/drafts.ts';
import { readEpisodeText, readFolder } from '../folders/folders.ts';
import { assertAllowed, mayEdit, maySee, showOf } from '../permissions.ts';
import type { Publishing } from '../publishing.ts';
import { listDrafts } from './list-drafts.ts';
import { openDraft } from './open-draft.ts';
import { localFile, previewDraft } from './preview-draft.ts';
import { rebaseDraft } from './rebase-draft.ts';
import { saveDraft } from './save-draft.ts';
import { submitDraft } from './submit-draft.ts';

/** Returns what staff do with drafts. */
export function draftOperations(context: PublishingContext): Publishing['drafts'] {
  const { records, now } = context;

  const edited = async (actor: Actor, id: string): Promise<Draft> => {
    const draft = await knownDraft(records.db, id);
    assertAllowed(mayEdit(actor, ownedOf(draft)));
    return draft;
  };
  const seen = async (actor: Actor, id: string): Promise<Draft> => {
    const draft = await knownDraft(records.db, id);
    assertAllowed(maySee(actor, ownedOf(draft)));
    return draft;
  };

  return {
    async create(actor, content = {}) {
      const complete = normalContent(content);
      assertAllowed(mayEdit(actor, { show: complete.show, ownerId: actor.id }));
      const id = crypto.randomUUID();
      await records.write((db) => insertDraft(db, { id, content: complete }, actor, now()));
      return knownDraft(records.db, id);
    },

    open: (actor, episode) => openDraft(context, actor, episode),
    get: seen,

    async save(actor, id, revision, content) {
      const mine = normalContent(content);
      const draft = await edited(actor, id);
      assertAllowed(mayEdit(actor, { show: mine.show, ownerId: draft.ownerId }));
      return saveDraft(context, actor, { id, revision, content: mine });
    },

    list: (actor, filter) => listDrafts(context, actor, filter),

    async discard(actor, id) {
      await discardDraft(context, await edited(actor, id), actor);
    },

    async submit(actor, id, revision, action) {
      return submitDraft(context, actor, await edited(actor, id), revision, action);
    },

    async hold(actor, id) {
      const draft = await edited(actor, id);
      const isPublic = draft.intent?.action === 'publish';
      if (isPublic && draft.intent?.byId !== actor.id)
        assertAllowed(mayPublishFor(actor, draft.content.show));
      await records.write(async (db) => {
        // Writing that has begun is finished: a folder is not left half-written.
        if ((await readDraftFolder(db, id)).isWriting) return;
        await setIntent(db, id, undefined);
        await setProblem(db, id, undefined);
      });
      return knownDraft(records.db, id);
    },

    async rebase(actor, id) {
      const draft = await edited(actor, id);
      if (draft.episode === undefined) return draft;
      await rebaseDraft(context, draft.id, draft.episode);
      return knownDraft(records.db, id);
    },

    async folderContent(actor, id) {
      const { episode } = await seen(actor, id);
      const folder = episode === undefined ? undefined : await readFolder(context.archive, episode);
      return folder && (await readEpisodeText(context, folder)).content;
    },

    preview: async (actor, id) => previewDraft(context, await seen(actor, id)),
    localFile: async (actor, id, file) => localFile(context, await seen(actor, id), file),
  };
}

/**
 * Returns the owner and show of a draft. A draft of a folder belongs to that folder's show, whatever its
 * content says.
 */
const ownedOf = ({ content, episode, base, ownerId }: Draft) => ({
  show: base === undefined || episode === undefined ? content.show : showOf(episode),
  ownerId,
});

/**
 * Discards a draft with its uploads. Its folder stays, unless the studio only began it and nobody else has
 * changed it. Files go first, so that discarding can be repeated after a crash. Throws `Refused`
 * (`episode-busy`) while it is being written.
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
