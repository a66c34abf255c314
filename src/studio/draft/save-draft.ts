import { z } from 'zod';
import { type Draft, draftContent } from '../../publishing/drafts/drafts.ts';
import { DraftConflict } from '../../publishing/publishing.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';

const creation = z.object({ content: draftContent.optional() });
const saving = z.object({ revision: z.number().int().nonnegative(), content: draftContent });
const submission = z.object({
  revision: z.number().int().nonnegative(),
  action: z.enum(['publish', 'review', 'save']),
});

/** What a script is told of a save. */
const saved = ({ id, revision, updatedAt }: Draft): Reply => ({
  kind: 'json',
  value: { id, revision, savedAt: updatedAt },
});

export async function createDraft(studio: Studio, call: Call): Promise<Reply> {
  const { content } = await call.json(creation);
  return saved(await studio.publishing.drafts.create(requiredActor(call), content));
}

/** Saves the draft; on a conflict answers with the saved version, and the page keeps the late text. */
export async function saveDraft(studio: Studio, call: Call): Promise<Reply> {
  const { id } = await studio.publishing.drafts.get(requiredActor(call), call.part('id'));
  const { revision, content } = await call.json(saving);
  try {
    return saved(await studio.publishing.drafts.save(requiredActor(call), id, revision, content));
  } catch (error) {
    if (!(error instanceof DraftConflict)) throw error;
    return conflictReply(call, error);
  }
}

function conflictReply(call: Call, { conflict }: DraftConflict): Reply {
  const { draft, byName } = conflict;
  const problem = { code: 'draft-conflict', values: { name: byName } };
  return {
    kind: 'json',
    status: 409,
    value: {
      problem: { ...problem, sentence: call.texts.problems['draft-conflict']({ name: byName }) },
      conflict: `/studio/drafts/${draft.id}/conflict`,
      revision: draft.revision,
      byName,
      byMe: draft.updatedBy === requiredActor(call).id,
      content: draft.content,
    },
  };
}

export async function submitDraft(studio: Studio, call: Call): Promise<Reply> {
  const { id } = await studio.publishing.drafts.get(requiredActor(call), call.part('id'));
  const { revision, action } = await call.json(submission);
  try {
    return saved(await studio.publishing.drafts.submit(requiredActor(call), id, revision, action));
  } catch (error) {
    if (!(error instanceof DraftConflict)) throw error;
    return conflictReply(call, error);
  }
}

export async function holdDraft(studio: Studio, call: Call): Promise<Reply> {
  return saved(await studio.publishing.drafts.hold(requiredActor(call), call.part('id')));
}

export async function discardDraft(studio: Studio, call: Call): Promise<Reply> {
  await studio.publishing.drafts.discard(requiredActor(call), call.part('id'));
  return { kind: 'json', value: { to: '/studio' } };
}
