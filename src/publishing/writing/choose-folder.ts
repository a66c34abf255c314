import { episodePath } from '../../model/addresses.ts';
import { instantOf } from '../../model/station-time.ts';
import type { PublishingContext } from '../context.ts';
import { type Draft, type Intent, readDraftFolder } from '../drafts/drafts.ts';
import { currentStation, readFolder } from '../folders/folders.ts';
import { episodeFolderName, namesLike } from './episode-folder-name.ts';

/**
 * Returns the folder key of a new episode. It is chosen once and recorded before anything is on the disk, so
 * that writing can go on after a crash.
 */
export async function chosenFolder(
  context: PublishingContext,
  draft: Draft,
  intent: Intent,
): Promise<string> {
  const { records, now } = context;
  if (draft.episode !== undefined) {
    if (draft.base !== undefined) return draft.episode;
    if (
      draft.episode.startsWith(`${draft.content.show}/`) &&
      (await isOurs(context, draft.id, draft.episode))
    )
      return draft.episode;
    await removeBegun(context, draft.id, draft.episode);
  }
  const { timezone } = await currentStation(context);
  const instant = instantOf(draft.content.date, timezone) ?? intent.at;
  for (const name of namesLike(episodeFolderName(draft.content.title, instant, timezone))) {
    const key = `${draft.content.show}/${name}`;
    if (!(await isFreeKey(context, key, now()))) continue;
    const isChosen = await records.write(async (db) => {
      const other = await db
        .selectFrom('drafts')
        .select('id')
        .where('episode', '=', key)
        .where('id', '<>', draft.id)
        .executeTakeFirst();
      if (other !== undefined) return false;
      await db.updateTable('drafts').set({ episode: key }).where('id', '=', draft.id).execute();
      return true;
    });
    if (isChosen) return key;
  }
  throw new Error('there is always another number');
}

/**
 * Returns whether a new episode may have this key: no folder and no episode in the bin has it, and no old
 * address redirects from it.
 */
export async function isFreeKey(context: PublishingContext, key: string, now: number): Promise<boolean> {
  const [show = '', name = ''] = key.split('/');
  if ((await context.archive.bundle(key)) !== undefined) return false;
  const binned = await context.records.db
    .selectFrom('bin')
    .select('id')
    .where('episode', '=', key)
    .executeTakeFirst();
  if (binned !== undefined) return false;
  return (await context.catalogue.redirectFor(episodePath(show, name), now)) === undefined;
}

/** Returns whether only the studio has written into the folder that was begun. */
async function isOurs(context: PublishingContext, draft: string, key: string): Promise<boolean> {
  const folder = await readFolder(context.archive, key);
  if (folder === undefined || folder.files.length === 0) return true;
  return (await readDraftFolder(context.records.db, draft)).written.includes(folder.hash);
}

/** Removes a folder that was begun under another show. */
async function removeBegun(context: PublishingContext, draft: string, key: string): Promise<void> {
  if (await isOurs(context, draft, key)) await context.archive.remove(key);
}
