import { Refused } from '../../model/problem.ts';
import type { Actor } from '../../model/staff.ts';
import type { Room } from '../context.ts';
import type { Draft, DraftContent } from '../drafts/draft.ts';
import { keepVersion } from '../folders/version-rows.ts';
import { beginningOf, planOf, readyFiles } from '../writing/draft-base.ts';

/** Keeps a text that came too late as a version, as the file that it would have become. */
export async function keepLateText(
  room: Room,
  draft: Draft,
  content: DraftContent,
  by: Actor,
): Promise<void> {
  const at = room.now();
  const beginning = await beginningOf(room, draft);
  const uploads = await readyFiles(room, draft.id);
  const asked = { content, action: 'save', uploads, at } as const;
  const plan = await planOf(room, beginning, asked).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    // Its sounds are muddled; its words are what must not be lost.
    return planOf(room, beginning, { ...asked, content: { ...content, segments: [], files: [] } });
  });
  const { guid } = beginning.folder;
  await room.records.write((db) => keepVersion(db, { guid, text: plan.final, at, by, reason: 'conflict' }));
}
