import { Refused } from '../../model/problem.ts';
import { type Actor, mayPublishFor } from '../../model/staff.ts';
import type { Room } from '../context.ts';
import type { Draft, IntendedAction, Intent } from '../drafts/draft.ts';
import { knownDraft, setIntent, setProblem } from '../drafts/draft-rows.ts';
import { pursueIntent } from '../drafts/write-when-ready.ts';
import { bundleAt } from '../folders/folder-text.ts';
import { note } from '../journal.ts';
import { assertAllowed } from '../permissions.ts';
import { DraftConflict } from '../publishing.ts';
import { assertComplete, assertReadable } from '../writing/content-rules.ts';
import { type Beginning, beginningOf, planOf, readyFiles } from '../writing/draft-base.ts';

/**
 * Says what is to happen with a draft, and has it happen as soon as its uploads are ready. Throws `Refused` for what can
 * be told now, `DraftConflict` when somebody saved since.
 */
export async function submitDraft(
  room: Room,
  actor: Actor,
  draft: Draft,
  revision: number,
  action: IntendedAction,
): Promise<Draft> {
  const { records, now } = room;
  assertSame(draft, revision);
  const beginning = await beginningOf(room, draft);
  const isOut = isPublished(beginning);
  // Handing in changes nothing that is public; all else does where the episode is, or will be.
  const mayPublish = mayPublishFor(actor, draft.content.show);
  if (action === 'publish' || (isOut && action === 'save')) assertAllowed(mayPublish);
  await assertWritable(room, beginning, draft, action);

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
      await note(db, now(), actor, {
        action: 'episode-handed-in',
        subject: draft.episode ?? draft.id,
        details,
      });
    }
    await pursueIntent(db, room, await knownDraft(db, draft.id));
  });
  return knownDraft(records.db, draft.id);
}

/** Returns whether the public sees the episode, or will at its time. */
export const isPublished = ({ before, isNew }: Beginning): boolean =>
  !isNew && (before.values.status ?? 'published') === 'published';

/** Throws `Refused` where the draft cannot become its folder as it is. */
export async function assertWritable(
  room: Room,
  beginning: Beginning,
  { id, content }: Draft,
  action: IntendedAction,
): Promise<void> {
  assertComplete(content, action, isPublished(beginning));
  if ((await bundleAt(room.archive, content.show))?.kind !== 'show') throw new Refused('show-missing');
  const uploads = await readyFiles(room, id);
  const plan = await planOf(room, beginning, { content, action, uploads, at: room.now() });
  assertReadable(plan.final, beginning.before.text, beginning.key);
  for (const { guid, was } of plan.segments)
    if (was === undefined && !(await isFreeGuid(room, guid, beginning.key)))
      throw new Refused('value-wrong', { field: 'guid', reason: 'guid-taken' });
}

/** A guid is one item's, for ever: another episode's cannot be taken, nor one that was withdrawn. */
async function isFreeGuid({ records, catalogue }: Room, guid: string, key: string): Promise<boolean> {
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
