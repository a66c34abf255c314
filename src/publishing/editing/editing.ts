import { isDeepStrictEqual } from 'node:util';
import { Refused } from '../../model/problem.ts';
import { type Actor, mayPublishFor } from '../../model/staff.ts';
import type { PublishingContext } from '../context.ts';
import type { Draft, DraftContent } from '../drafts/draft.ts';
import { newDraftFolder, putDraftFolder, readDraftFolder } from '../drafts/draft-folder.ts';
import {
  contentColumns,
  findDraft,
  insertDraft,
  knownDraft,
  normalContent,
  setIntent,
  setProblem,
} from '../drafts/draft-rows.ts';
import { writeWhenReady } from '../drafts/write-when-ready.ts';
import { episodeFolder, noteFolderText, readEpisodeText } from '../folders/episode-folder.ts';
import { readFolder } from '../folders/folder-text.ts';
import { assertAllowed, assertMayWrite, mayEdit, maySee, showOf } from '../permissions.ts';
import { DraftConflict, type Publishing } from '../publishing.ts';
import { keepConflictingVersion } from './conflicting-version.ts';
import { discardDraft } from './discard-draft.ts';
import { listDrafts } from './list-drafts.ts';
import { localFile, previewDraft } from './preview-draft.ts';
import { rebaseDraft } from './rebase-draft.ts';
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
      const saved = await records.write(async (db) => {
        const present = await knownDraft(db, id);
        if (isDeepStrictEqual(present.content, mine)) return present;
        if (present.revision !== revision) return undefined;
        const { base, episode } = present;
        // An episode that has a folder is moved, with all that this takes; a draft alone cannot do that.
        if (base !== undefined && episode !== undefined && mine.show !== showOf(episode))
          throw new Refused('value-wrong', { field: 'show', reason: 'move' });
        await db
          .updateTable('drafts')
          .set({
            ...contentColumns(mine),
            revision: revision + 1,
            updated_at: now(),
            updated_by: actor.id,
            updated_by_name: actor.name,
          })
          .where('id', '=', id)
          .execute();
        if (present.problem !== undefined && present.problem.code !== 'folder-changed')
          await setProblem(db, id, undefined);
        // What somebody was about to publish is not to be another's words, who may not.
        if (present.intent?.mayPublish && !mayPublishFor(actor, mine.show))
          await setIntent(db, id, undefined);
        await writeWhenReady(db, context, await knownDraft(db, id));
        return knownDraft(db, id);
      });
      if (saved !== undefined) return saved;
      const present = await knownDraft(records.db, id);
      await keepConflictingVersion(context, present, mine, actor);
      throw new DraftConflict({ draft: present, mine, byName: present.updatedByName });
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
        // What has begun ends: a folder is not left half-way.
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

/** Whose a draft is. One that is about a folder belongs to that folder's show, whatever it says. */
const ownedOf = ({ content, episode, base, ownerId }: Draft) => ({
  show: base === undefined || episode === undefined ? content.show : showOf(episode),
  ownerId,
});

/** Two who open the same episode at the same moment get the same draft. */
async function openDraft(context: PublishingContext, actor: Actor, episode: string): Promise<Draft> {
  const { records, now } = context;
  assertMayWrite(actor, showOf(episode));
  const underWay = await findDraft(records.db, { episode });
  if (underWay !== undefined) return underWay;
  const folder = await episodeFolder(context, episode);
  const content = await filledContent(context, folder.reading.content, episode);
  return records.write(async (db) => {
    const other = await findDraft(db, { episode });
    if (other !== undefined) return other;
    const id = crypto.randomUUID();
    await noteFolderText(db, folder, now());
    await insertDraft(db, { id, content, episode, base: folder.hash }, actor, now());
    await putDraftFolder(db, id, newDraftFolder(folder.reading.guids.episode, folder.files));
    return knownDraft(db, id);
  });
}

/** An episode that has its title from its audio is shown with it. */
async function filledContent(
  context: PublishingContext,
  content: DraftContent,
  episode: string,
): Promise<DraftContent> {
  if (content.title !== '') return content;
  const [show = '', slug = ''] = episode.split('/');
  const indexed = await context.catalogue.episodeOfAnyStatus(show, slug);
  return indexed === undefined ? content : { ...content, title: indexed.title };
}
