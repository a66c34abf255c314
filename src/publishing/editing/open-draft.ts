import type { Actor } from '../../model/permissions.ts';
import type { PublishingContext } from '../context.ts';
import {
  type Draft,
  type DraftContent,
  findDraft,
  insertDraft,
  knownDraft,
  newDraftFolder,
  putDraftFolder,
} from '../drafts/drafts.ts';
import { episodeFolder, noteFolderText } from '../folders/folders.ts';
import { assertMayWrite, showOf } from '../permissions.ts';

/**
 * Returns the draft of an episode that has a folder: the present one, or a new one with the folder's content.
 * Two people who open the same episode at the same moment get the same draft. Throws `Refused`:
 * `not-allowed`, `not-found`, `episode-withdrawn`, `value-wrong`.
 */
export async function openDraft(context: PublishingContext, actor: Actor, episode: string): Promise<Draft> {
  const { records, now } = context;
  assertMayWrite(actor, showOf(episode));
  const present = await findDraft(records.db, { episode });
  if (present !== undefined) return present;
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

/** An episode whose title comes from its audio is shown with that title. */
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
