import { episodePath } from '../../model/addresses.ts';
import { instantOf } from '../../model/station-time.ts';
import type { PublishingContext } from '../context.ts';
import { type Draft, type Intent, readDraftFolder } from '../drafts/drafts.ts';
import { currentStation, readFolder } from '../folders/folders.ts';
import { episodeFolderName, namesLike } from './episode-folder-name.ts';

/**
 * Returns the key of the folder that a new episode has or gets. It is chosen once, and written down before anything is
 * on the disk, so that whoever goes on after a crash finds what was begun.
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

/** Returns whether a new episode may be called so: nothing is there, comes back there, or is sought there. */
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

/** Returns whether nobody but us has written into the folder that was begun. */
async function isOurs(context: PublishingContext, draft: string, key: string): Promise<boolean> {
  const folder = await readFolder(context.archive, key);
  if (folder === undefined || folder.files.length === 0) return true;
  return (await readDraftFolder(context.records.db, draft)).written.includes(folder.hash);
}

/** A folder that was begun under another show goes again. */
async function removeBegun(context: PublishingContext, draft: string, key: string): Promise<void> {
  if (await isOurs(context, draft, key)) await context.archive.remove(key);
}
