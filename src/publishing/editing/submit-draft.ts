import { Refused } from '../../model/problem.ts';
import { type Actor, mayPublishFor } from '../../model/staff.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { PublishingContext } from '../context.ts';
import type { Draft, IntendedAction, Intent } from '../drafts/draft.ts';
import { knownDraft, setIntent, setProblem } from '../drafts/draft-rows.ts';
import { writeWhenReady } from '../drafts/write-when-ready.ts';
import { bundleAt } from '../folders/folder-text.ts';
import { assertAllowed } from '../permissions.ts';
import { DraftConflict } from '../publishing.ts';
import { assertComplete, assertReadable } from '../writing/content-rules.ts';
import { type DraftBase, planDraftWriting, readDraftBase, readyFiles } from '../writing/draft-base.ts';

/**
 * Says what is to happen with a draft, and has it happen as soon as its uploads are ready. Throws `Refused` for what can
 * be told now, `DraftConflict` when somebody saved since.
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
  // Handing in changes nothing that is public; all else does where the episode is, or will be.
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

/** Returns whether the public sees the episode, or will at its time. */
export const isPublished = ({ before, isNew }: DraftBase): boolean =>
  !isNew && (before.values.status ?? 'published') === 'published';

/** Throws `Refused` where the draft cannot become its folder as it is. */
export async function assertWritable(
  context: PublishingContext,
  base: DraftBase,
  { id, content }: Draft,
  action: IntendedAction,
): Promise<void> {
  assertComplete(content, action, isPublished(base));
  if ((await bundleAt(context.archive, content.show))?.kind !== 'show') throw new Refused('show-missing');
  const uploads = await readyFiles(context, id);
  const plan = await planDraftWriting(context, base, { content, action, uploads, at: context.now() });
  assertReadable(plan.final, base.before.text, base.key);
  for (const { guid, was } of plan.segments)
    if (was === undefined && !(await isFreeGuid(context, guid, base.key)))
      throw new Refused('value-wrong', { field: 'guid', reason: 'guid-taken' });
}

/** A guid is one item's, for ever: another episode's cannot be taken, nor one that was withdrawn. */
async function isFreeGuid(
  { records, catalogue }: PublishingContext,
  guid: string,
  key: string,
): Promise<boolean> {
  const spent = await records.db
    .selectFrom('spent_guids')
    .select('guid')
    .where('guid', '=', guid)
    .executeTakeFirst();
  const holder = await catalogue.keyOfGuid(guid);
  return spent === undefined && (holder === undefined || holder === key);
}

function assertSame(draft: Draft, revision: number): void {
  if (draft.revision !== revision)
    throw new DraftConflict({ draft, mine: draft.content, byName: draft.updatedByName });
}
