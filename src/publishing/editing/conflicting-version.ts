import { Refused } from '../../model/problem.ts';
import type { Actor } from '../../model/staff.ts';
import type { PublishingContext } from '../context.ts';
import type { Draft, DraftContent } from '../drafts/draft.ts';
import { keepVersion } from '../folders/version-rows.ts';
import { planDraftWriting, readDraftBase, readyFiles } from '../writing/draft-base.ts';

/** Keeps a text that came too late as a version, as the file that it would have become. */
export async function keepConflictingVersion(
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
    // Its sounds are muddled; its words are what must not be lost.
    return planDraftWriting(context, base, { ...asked, content: { ...content, segments: [], files: [] } });
  });
  const { guid } = base.folder;
  await context.records.write((db) =>
    keepVersion(db, { guid, text: plan.final, at, by, reason: 'conflict' }),
  );
}
