import { isDeepStrictEqual } from 'node:util';
import { type Actor, mayPublishFor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import type { PublishingContext } from '../context.ts';
import {
  contentColumns,
  type Draft,
  type DraftContent,
  knownDraft,
  setIntent,
  setProblem,
  writeWhenReady,
} from '../drafts/drafts.ts';
import { keepVersion } from '../folders/folders.ts';
import { showOf } from '../permissions.ts';
import { DraftConflict } from '../publishing.ts';
import { planDraftWriting, readDraftBase, readyFiles } from '../writing/writing.ts';

/**
 * Saves a draft's content over the revision that it was made from. If the draft has an intent, saving may be
 * the last step before it is written: `writeWhenReady` adds the job in the same transaction. Throws
 * `DraftConflict` when somebody else has saved since, after it has kept the late content as a version;
 * `Refused` (`value-wrong`) for a change of show.
 */
export async function saveDraft(
  context: PublishingContext,
  actor: Actor,
  late: { id: string; revision: number; content: DraftContent },
): Promise<Draft> {
  const { records } = context;
  const saved = await saveOverRevision(context, actor, late);
  if (saved !== undefined) return saved;
  const present = await knownDraft(records.db, late.id);
  await keepConflictingVersion(context, present, late.content, actor);
  throw new DraftConflict({ draft: present, mine: late.content, byName: present.updatedByName });
}

/** Returns the draft as saved; `undefined` when it has another revision. */
function saveOverRevision(
  context: PublishingContext,
  actor: Actor,
  { id, revision, content }: { id: string; revision: number; content: DraftContent },
): Promise<Draft | undefined> {
  return context.records.write(async (db) => {
    const present = await knownDraft(db, id);
    if (isDeepStrictEqual(present.content, content)) return present;
    if (present.revision !== revision) return undefined;
    assertSameShow(present, content);
    await db
      .updateTable('drafts')
      .set({
        ...contentColumns(content),
        revision: revision + 1,
        updated_at: context.now(),
        updated_by: actor.id,
        updated_by_name: actor.name,
      })
      .where('id', '=', id)
      .execute();
    if (present.problem !== undefined && present.problem.code !== 'folder-changed')
      await setProblem(db, id, undefined);
    // Words of somebody who may not publish must not be published in the name of somebody who may.
    if (present.intent?.mayPublish && !mayPublishFor(actor, content.show)) await setIntent(db, id, undefined);
    await writeWhenReady(db, context, await knownDraft(db, id));
    return knownDraft(db, id);
  });
}

/**
 * An episode with a folder changes its show by being moved (move-episode.ts), not by a new value in its
 * draft.
 */
function assertSameShow({ base, episode }: Draft, { show }: DraftContent): void {
  if (base !== undefined && episode !== undefined && show !== showOf(episode))
    throw new Refused('value-wrong', { field: 'show', reason: 'move' });
}

/** Keeps a content that lost a conflict as a version: the text that its file would have had. */
async function keepConflictingVersion(
  context: PublishingContext,
  draft: Draft,
  content: DraftContent,
  by: Actor,
): Promise<void> {
  const at = context.now();
  const base = await readDraftBase(context, draft);
  const uploads = await readyFiles(context, draft.id);
  const asked = { content, action: 'save', uploads, at } as const;
  const plan = await planDraftWriting(context, base, asked).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    // Its sounds cannot be placed, so its words are kept without them.
    return planDraftWriting(context, base, { ...asked, content: { ...content, segments: [], files: [] } });
  });
  const { guid } = base.folder;
  await context.records.write((db) =>
    keepVersion(db, { guid, text: plan.final, at, by, reason: 'conflict' }),
  );
}
