import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncToDisk } from '../../disk/sync-to-disk.ts';
import { meansAbsent } from '../../disk/system-error.ts';
import type { Actor } from '../../model/permissions.ts';
import type { Db } from '../../records/records.ts';
import { refuseUpload } from './refuse-upload.ts';
import { EXPIRES_MS, type UploadContext, uploadLockName, writableUploadRow } from './upload-context.ts';
import { parseOriginalName, type UploadPaths } from './upload-paths.ts';
import type { UploadRow } from './upload-rows.ts';

const DAY_MS = 24 * 3_600_000;

/** Cancels an upload: receiving and examining stop, and its files are removed. */
export async function cancelUpload(context: UploadContext, { id, draft_id }: UploadRow): Promise<void> {
  const { records, places, now } = context;
  await records.write(async (db) => {
    const cancelled = { state: 'cancelled' as const, updated_at: now() };
    await db.updateTable('uploads').set(cancelled).where('id', '=', id).execute();
    await stopWork(db, id, now());
  });
  await removeFiles(places, id);
  await context.onSettled(draft_id);
}

/** Within a transaction: stops receiving and examining an upload. */
async function stopWork(db: Db, id: string, at: number): Promise<void> {
  await db.deleteFrom('locks').where('name', '=', uploadLockName(id)).execute();
  await endExamination(db, id, at);
}

const endExamination = (db: Db, id: string, at: number) =>
  db
    .updateTable('jobs')
    .set({ state: 'cancelled', finished_at: at })
    .where('kind', '=', 'examine')
    .where('subject', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .execute();

async function removeFiles(places: UploadPaths, id: string): Promise<void> {
  await rm(places.source(id), { force: true });
  await removeMade(places, id);
}

/** Removes the files made from an upload. */
export async function removeMade(places: UploadPaths, id: string): Promise<void> {
  await rm(places.sound(id), { force: true });
  await rm(places.peaks(id), { force: true });
}

/**
 * Adds the job that examines a whole upload again, with another choice of mono or stereo. Throws `Refused`.
 */
export async function examineAgain(
  context: UploadContext,
  actor: Actor,
  id: string,
  voice: 'auto' | 'mono' | 'stereo',
): Promise<void> {
  const { records, jobs, now } = context;
  const { state, received, bytes } = await writableUploadRow(context, actor, id);
  if (state === 'arriving' || state === 'cancelled' || received < bytes) return;
  await records.write(async (db) => {
    await endExamination(db, id, now());
    await db
      .updateTable('uploads')
      .set({ state: 'waiting', problem_json: null, updated_at: now() })
      .where('id', '=', id)
      .execute();
    await jobs.add('examine', id, { voice }, db);
  });
}

/**
 * Releases the uploads of a published draft: each sound as it came is kept as an original, all else is
 * removed. May be called again after a crash.
 */
export async function releaseDraft(context: UploadContext, draft: string, keepDays: number): Promise<void> {
  const { records, places, now } = context;
  const day = new Date(now()).toISOString().slice(0, 10);
  for (const row of await rowsOf(records.db, draft)) {
    if (keepDays > 0 && row.kind === 'audio') {
      await rename(places.source(row.id), places.original(day, row)).catch((error: unknown) => {
        if (!meansAbsent(error)) throw error;
      });
    }
    await forget(context, row);
  }
  await syncToDisk(places.originals);
}

/** Removes the uploads of a draft at once, and their originals. */
export async function purgeDraft(context: UploadContext, draft: string): Promise<void> {
  const { records, places } = context;
  for (const row of await rowsOf(records.db, draft)) await forget(context, row);
  for (const name of await readdir(places.originals))
    if (parseOriginalName(name)?.draft === draft) await rm(join(places.originals, name), { force: true });
}

const rowsOf = (db: Db, draft: string): Promise<UploadRow[]> =>
  db.selectFrom('uploads').selectAll().where('draft_id', '=', draft).execute();

async function forget({ records, places, now }: UploadContext, { id }: Pick<UploadRow, 'id'>): Promise<void> {
  await records.write(async (db) => {
    await db.deleteFrom('uploads').where('id', '=', id).execute();
    await stopWork(db, id, now());
  });
  await removeFiles(places, id);
}

/**
 * Removes what has expired: unfinished uploads, uploads refused or cancelled long ago, originals past their
 * days.
 */
export async function expireUploads(context: UploadContext, keepDays: number, now: number): Promise<void> {
  const { records, places } = context;
  const before = (state: UploadRow['state'], age: number) =>
    records.db
      .selectFrom('uploads')
      .selectAll()
      .where('state', '=', state)
      .where('updated_at', '<', now - age)
      .execute();
  const late = records.db
    .selectFrom('uploads')
    .select('id')
    .where('state', '=', 'arriving')
    .where('created_at', '<', now - EXPIRES_MS);
  for (const { id } of await late.execute()) {
    await refuseUpload(context, id, { code: 'upload-expired', values: {} });
    await records.write((db) => stopWork(db, id, now));
    await removeFiles(places, id);
  }
  // The row stays for as long as the draft does, and says why.
  for (const { id } of await before('refused', Math.max(1, keepDays) * DAY_MS)) await removeFiles(places, id);
  for (const row of await before('cancelled', DAY_MS)) await forget(context, row);
  await expireOriginals(places, keepDays, now);
}

async function expireOriginals({ originals }: UploadPaths, keepDays: number, now: number): Promise<void> {
  for (const name of await readdir(originals)) {
    const path = join(originals, name);
    const since = await keptSince(path, parseOriginalName(name)?.day);
    if (since !== undefined && now - since > keepDays * DAY_MS)
      await rm(path, { recursive: true, force: true });
  }
}

/** Returns since when a file is kept: by its name, else since it was renamed; `undefined` when it is gone. */
async function keptSince(path: string, day: string | undefined): Promise<number | undefined> {
  if (day !== undefined) return Date.parse(day);
  try {
    const { mtimeMs, ctimeMs } = await stat(path);
    return Math.max(mtimeMs, ctimeMs);
  } catch (error) {
    if (meansAbsent(error)) return undefined;
    throw error;
  }
}
