import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporaryName, sweep } from '../../archive/temporary-names.ts';
import { parseProblem } from '../../model/problem.ts';
import { releaseDraft } from './cancel-upload.ts';
import { completeUpload } from './complete-upload.ts';
import { fileLength } from './disk-space/file-length.ts';
import { refuseUpload } from './refuse-upload.ts';
import type { UploadContext } from './upload-context.ts';
import { isUploadId, type UploadPaths } from './upload-paths.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Repairs what a crash may have left between files and their rows. Called at the start by the one process
 * that runs jobs, before it runs any.
 */
export async function recoverUploads(context: UploadContext, keepDays: number): Promise<void> {
  await settleArriving(context);
  await resumeExaminations(context);
  await releaseOrphans(context, keepDays);
  await sweepFiles(context);
}

/** Has whole uploads examined, and lets uploads whose bytes are gone expire. */
async function settleArriving(context: UploadContext): Promise<void> {
  const rows = await context.records.db
    .selectFrom('uploads')
    .selectAll()
    .where('state', '=', 'arriving')
    .execute();
  for (const { id, bytes } of rows) {
    const length = await fileLength(context.places.source(id));
    if (length === undefined) await refuseUpload(context, id, { code: 'upload-expired', values: {} });
    else if (length === bytes) await completeUpload(context, id);
  }
}

/** Gives every waiting upload a job. If its job has failed, so has the upload. */
async function resumeExaminations(context: UploadContext): Promise<void> {
  const { records, jobs } = context;
  const rows = await records.db
    .selectFrom('uploads')
    .select('id')
    .where('state', 'in', ['waiting', 'working'])
    .execute();
  for (const { id } of rows) {
    const last = await records.db
      .selectFrom('jobs')
      .select(['state', 'problem_json'])
      .where('kind', '=', 'examine')
      .where('subject', '=', id)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    const problem = last?.state === 'failed' ? parseProblem(last.problem_json) : undefined;
    if (problem === undefined) await jobs.add('examine', id);
    else await refuseUpload(context, id, problem);
  }
}

/** Removes uploads of drafts that are gone: the crash came right after a publication. */
async function releaseOrphans(context: UploadContext, keepDays: number): Promise<void> {
  const orphans = await context.records.db
    .selectFrom('uploads')
    .select('draft_id')
    .distinct()
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('drafts').select('id').whereRef('drafts.id', '=', 'uploads.draft_id'))),
    )
    .execute();
  for (const { draft_id } of orphans) await releaseDraft(context, draft_id, keepDays);
}

/** Removes files without a row, and unfinished ones. */
async function sweepFiles({ records, places, now }: UploadContext): Promise<void> {
  const rows = await records.db.selectFrom('uploads').select('id').execute();
  const known = new Set(rows.map(({ id }) => id));
  for (const folder of [places.uploads, places.sounds]) {
    for (const name of await readdir(folder)) {
      if (isTemporaryName(name)) sweep(folder, name);
      else if (isUnfinished(folder, name, places))
        await rm(join(folder, name), { recursive: true, force: true });
      else if (!known.has(name.slice(0, 36))) await removeOld(join(folder, name), now());
    }
  }
}

/** Sounds are made by the process that starts now, so every unfinished one is a leftover. */
const isUnfinished = (folder: string, name: string, { sounds }: UploadPaths): boolean =>
  folder === sounds && !(isUploadId(name.slice(0, 36)) && /^\.(?:mp3|peaks)$/.test(name.slice(36)));

async function removeOld(path: string, now: number): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && now - found.mtimeMs > DAY_MS) await rm(path, { recursive: true });
}
