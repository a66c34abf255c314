import { stat } from 'node:fs/promises';
import { meansAbsent } from '../../archive/archive-errors.ts';
import type { Jobs } from '../../jobs/job.ts';
import { type Problem, Refused } from '../../model/problem.ts';
import type { Actor } from '../../model/staff.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { Db, Records } from '../../records/records.ts';
import type { DiskSpace } from '../disk-space/disk-space.ts';
import { isUploadId, type UploadPaths } from './upload-paths.ts';
import type { UploadRow } from './upload-rows.ts';

/** What every part of the uploads works with. */
export type UploadContext = {
  records: Records;
  jobs: Jobs;
  places: UploadPaths;
  space: DiskSpace;
  /** What one file may have. */
  maxBytes: number;
  /** Throws `Refused` (`not-found`, `not-allowed`). */
  assertMayUpload(actor: Actor, draft: string): Promise<void>;
  /** Tells whoever waits for a draft's uploads that one became ready, or never will. */
  onChange(draft: string): Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
};

/** How long an upload may take before what came of it is thrown away (ms). */
export const EXPIRES_MS = 7 * 24 * 3_600_000;
export const MOST_UNFINISHED = 20;

/** The lock under which an upload's file grows, and what is found out of it is settled. */
export const uploadLockName = (id: string): string => `upload ${id}`;

export const uploadRow = (db: Db, id: string): Promise<UploadRow | undefined> =>
  db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();

/** Returns the row of an upload that the actor may write to. Throws `Refused` (`not-found`, `not-allowed`). */
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

/** Returns the length of a file; `undefined` when it is not there. */
export async function fileLength(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (meansAbsent(error)) return undefined;
    throw error;
  }
}

/**
 * Called when every byte of an upload is on the disk: from now on it is looked at. Called again, or too late, it does nothing.
 */
export async function completeUpload({ records, jobs, now }: UploadContext, id: string): Promise<void> {
  await records.write(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('uploads')
      .set(({ ref }) => ({
        state: 'waiting' as const,
        received: ref('bytes'),
        finished_at: now(),
        updated_at: now(),
      }))
      .where('id', '=', id)
      .where('state', '=', 'arriving')
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await jobs.add('examine', id, {}, db);
  });
}

/** Ends an upload that is not ready with a problem, and writes that down. Returns whether it was still under way. */
export async function refuseUpload(context: UploadContext, id: string, problem: Problem): Promise<boolean> {
  const { records, now } = context;
  const row = await records.write(async (db) => {
    const refused = await db
      .updateTable('uploads')
      .set({ state: 'refused', problem_json: JSON.stringify(problem), updated_at: now() })
      .where('id', '=', id)
      .where('state', 'in', ['arriving', 'waiting', 'working'])
      .returningAll()
      .executeTakeFirst();
    if (refused === undefined) return undefined;
    const owner = await db
      .selectFrom('accounts')
      .select('name')
      .where('id', '=', refused.owner_id)
      .executeTakeFirst();
    const by = { id: refused.owner_id, name: owner?.name ?? '', via: 'system' as const };
    await noteRefusal(db, now(), by, { draft: refused.draft_id, name: refused.name, problem });
    return refused;
  });
  if (row !== undefined) await context.onChange(row.draft_id);
  return row !== undefined;
}

/** Programs try again and again: the same is written down once in so long (ms). */
const NOTES_MS = 3_600_000;

/** Writes down that a file was not taken, and why. */
export async function noteRefusal(
  db: Db,
  at: number,
  by: Pick<Actor, 'id' | 'name' | 'via'>,
  { draft, name, problem }: { draft: string; name: string; problem: Problem },
): Promise<void> {
  const details = { ...problem.values, name, code: problem.code };
  const entry = { action: 'upload-refused', subject: draft, details };
  const before = await db
    .selectFrom('journal')
    .select('id')
    .where('subject', '=', draft)
    .where('action', '=', entry.action)
    .where('details_json', '=', JSON.stringify(details))
    .where('at', '>', at - NOTES_MS)
    .executeTakeFirst();
  if (before === undefined) await addJournalEntry(db, at, by, entry);
}
