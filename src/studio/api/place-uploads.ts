import type { Actor } from '../../model/permissions.ts';
import type { Draft } from '../../publishing/drafts/drafts.ts';
import { shownUploadKind, withUploads } from '../draft/draft-uploads.ts';
import type { Studio } from '../studio.ts';

/**
 * Saves the draft with all of its uploads in their places. A file whose name tells no kind counts as sound;
 * its examination finds out if it is none.
 */
export async function placeUploads(studio: Studio, actor: Actor, draft: Draft): Promise<Draft> {
  const uploads = await studio.uploads.ofDraft(draft.id);
  const meant = uploads.map((upload) => {
    const kind = shownUploadKind(upload);
    return { ...upload, kind: kind === 'unknown' ? ('audio' as const) : kind };
  });
  const content = withUploads(draft.content, meant);
  return studio.publishing.drafts.save(actor, draft.id, draft.revision, content);
}
