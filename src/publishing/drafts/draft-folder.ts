import { z } from 'zod';
import type { Db } from '../../records/records.ts';

/** What is recorded about a draft's folder while the draft exists. */
export type DraftFolder = {
  /** The episode's guid, which never changes, whether the folder exists already or not. */
  guid: string;
  /**
   * Names of the folder's files when the draft was opened. Files that came later were put there by somebody
   * else.
   */
  files: string[];
  /** SHA-256 of each episode.md that we have begun to write there since. */
  written: string[];
  /** Set while files are being written: the intent can no longer be taken back. */
  isWriting: boolean;
};

const schema = z.object({
  guid: z.string(),
  files: z.array(z.string()),
  written: z.array(z.string()),
  isWriting: z.boolean(),
});

const nameOf = (draft: string): string => `draft-folder:${draft}`;

/**
 * Returns the record of a folder that nothing has been written to. A new episode gets the guid of its draft.
 */
export const newDraftFolder = (guid: string, files: string[] = []): DraftFolder => ({
  guid,
  files,
  written: [],
  isWriting: false,
});

export async function readDraftFolder(db: Db, draft: string): Promise<DraftFolder> {
  const row = await db
    .selectFrom('facts')
    .select('value')
    .where('name', '=', nameOf(draft))
    .executeTakeFirst();
  return row === undefined ? newDraftFolder(draft) : schema.parse(JSON.parse(row.value));
}

export async function putDraftFolder(db: Db, draft: string, folder: DraftFolder): Promise<void> {
  const value = JSON.stringify(folder);
  await db
    .insertInto('facts')
    .values({ name: nameOf(draft), value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export async function forgetDraftFolder(db: Db, draft: string): Promise<void> {
  await db.deleteFrom('facts').where('name', '=', nameOf(draft)).execute();
}

/** Deletes the records of drafts that are gone. */
export async function forgetLostFolders(db: Db): Promise<void> {
  const rows = await db.selectFrom('facts').select('name').where('name', 'like', 'draft-folder:%').execute();
  const drafts = await db.selectFrom('drafts').select('id').execute();
  const known = new Set(drafts.map(({ id }) => nameOf(id)));
  for (const { name } of rows)
    if (!known.has(name)) await db.deleteFrom('facts').where('name', '=', name).execute();
}
