import { type Actor, mayPublishFor } from '../../model/permissions.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { PublishingContext } from '../context.ts';
import {
  type Draft,
  type IntendedAction,
  type Intent,
  knownDraft,
  setIntent,
  setProblem,
  writeWhenReady,
} from '../drafts/drafts.ts';
import { assertAllowed } from '../permissions.ts';
import { DraftConflict } from '../publishing.ts';
import { assertWritable, isPublished, readDraftBase } from '../writing/writing.ts';

/**
 * Sets a draft's intent, which is carried out as soon as its uploads are ready. Throws `Refused` for what is
 * wrong already, `DraftConflict` when somebody has saved since.
 */
export async function submitDraft(
  context: PublishingContext,
  actor: Actor,
  draft: Draft,
  revision: number,
  action: IntendedAction,
): Promise<Draft> {
  const { records, now } = context;
  assertSame(draft, revision);
  const base = await readDraftBase(context, draft);
  const isOut = isPublished(base);
  // Handing in changes nothing public; every other action does when the episode is public or will be.
  const mayPublish = mayPublishFor(actor, draft.content.show);
  if (action === 'publish' || (isOut && action === 'save')) assertAllowed(mayPublish);
  await assertWritable(context, base, draft, action);

  const intent: Intent = {
    action,
    byId: actor.id,
    byName: actor.name,
    via: actor.via,
    at: now(),
    mayPublish,
    ...(action === 'review' && isOut && { waitsForEditor: true }),
  };
  await records.write(async (db) => {
    assertSame(await knownDraft(db, draft.id), revision);
    await setIntent(db, draft.id, intent);
    await setProblem(db, draft.id, undefined);
    if (intent.waitsForEditor) {
      const details = { title: draft.content.title, draft: draft.id };
      await addJournalEntry(db, now(), actor, {
        action: 'episode-handed-in',
        subject: draft.episode ?? draft.id,
        details,
      });
    }
    await writeWhenReady(db, context, await knownDraft(db, draft.id));
  });
  return knownDraft(records.db, draft.id);
}

function assertSame(draft: Draft, revision: number): void {
  if (draft.revision !== revision)
    throw new DraftConflict({ draft, mine: draft.content, byName: draft.updatedByName });
}
