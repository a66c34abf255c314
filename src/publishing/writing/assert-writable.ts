import { Refused } from '../../model/problem.ts';
import type { PublishingContext } from '../context.ts';
import type { Draft, IntendedAction } from '../drafts/drafts.ts';
import { bundleAt } from '../folders/folders.ts';
import { assertComplete, assertReadable } from './content-rules.ts';
import { type DraftBase, planDraftWriting, readyFiles } from './draft-base.ts';
import { isUnusedGuid } from './unique-guid.ts';

/** Returns whether the public sees the episode, or will at its time. */
export const isPublished = ({ before, isNew }: DraftBase): boolean =>
  !isNew && (before.values.status ?? 'published') === 'published';

/** Throws `Refused` when the draft cannot be written as it is. */
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
    if (was === undefined && !(await isUnusedGuid(context, guid, base.key)))
      throw new Refused('value-wrong', { field: 'guid', reason: 'guid-taken' });
}
