import type { Jobs } from '../../jobs/job.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import type { Db, Records } from '../../records/records.ts';
import type { DiskSpace } from './disk-space/disk-space.ts';
import { isUploadId, type UploadPaths } from './upload-paths.ts';
import type { UploadRow } from './upload-rows.ts';

/** What every part of the uploads works with. */
export type UploadContext = {
  records: Records;
  jobs: Jobs;
  places: UploadPaths;
  space: DiskSpace;
  /** The most bytes of one file. */
  maxBytes: number;
  /** Throws `Refused` (`not-found`, `not-allowed`). */
  assertMayUpload(actor: Actor, draft: string): Promise<void>;
  /** Called when one of a draft's uploads became ready, or never will. */
  onSettled(draft: string): Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
};

/** How long an upload may take before its bytes are thrown away (ms). */
export const EXPIRES_MS = 7 * 24 * 3_600_000;
export const MOST_UNFINISHED = 20;

/**
 * Returns the name of the lock under which an upload's file grows and the result of its examination is
 * recorded.
 */
export const uploadLockName = (id: string): string => `upload ${id}`;

export const uploadRow = (db: Db, id: string): Promise<UploadRow | undefined> =>
  db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();

/**
 * Returns the row of an upload that the actor may write to. Throws `Refused` (`not-found`, `not-allowed`).
 */
export async function writableUploadRow(
  context: UploadContext,
  actor: Actor,
  id: string,
): Promise<UploadRow> {
  const row = isUploadId(id) ? await uploadRow(context.records.db, id) : undefined;
  if (row === undefined) throw new Refused('not-found');
  await context.assertMayUpload(actor, row.draft_id);
  return row;
}
