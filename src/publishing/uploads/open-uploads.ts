import { mkdirSync } from 'node:fs';
import type { HouseRules } from '../../audio/production/production.ts';
import type { JobHandler, Jobs } from '../../jobs/job.ts';
import type { Actor } from '../../model/permissions.ts';
import { type Problem, Refused } from '../../model/problem.ts';
import type { Records } from '../../records/records.ts';
import { mayEdit } from '../permissions.ts';
import { cancelUpload, examineAgain, expireUploads, purgeDraft, releaseDraft } from './cancel-upload.ts';
import { assertSize, takeWholeFile } from './create-upload.ts';
import { openDiskSpace } from './disk-space/disk-space.ts';
import { diskUsageReader } from './disk-space/disk-usage.ts';
import { fileLength } from './disk-space/file-length.ts';
import { type Examining, examineJob } from './examine-job.ts';
import { recoverUploads } from './recover-uploads.ts';
import { refuseUpload } from './refuse-upload.ts';
import { answerTus } from './tus/endpoint.ts';
import type { Upload, Uploads } from './upload.ts';
import { type UploadContext, uploadRow, writableUploadRow } from './upload-context.ts';
import { isUploadId, uploadPathsIn } from './upload-paths.ts';
import { type UploadRow, uploadFromRow } from './upload-rows.ts';

export type UploadsOptions = {
  records: Records;
  jobs: Jobs;
  /** Paths are absolute. */
  dataDir: string;
  episodesDir: string;
  /** The most bytes of one file. */
  maxBytes: number;
  /** Days that the original file is kept after publication; 0: not at all. */
  keepOriginalsDays: number;
  rules: HouseRules;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Needed only where `examine` is run. */
  producer?: Examining['producer'];
  /** Called when an upload of the draft became ready, or never will. */
  onSettled?: (draft: string) => Promise<void> | void;
  /** Returns whether the actor may upload to an existing draft; by default, whoever may edit it. */
  mayUpload?: (actor: Actor, draft: string) => Promise<boolean>;
};

export type OpenUploads = Uploads & {
  /** The handler of the job `examine`. */
  examine: JobHandler;
  /** For the job runner's `onFailed`: `examine` will not be tried again. */
  examineFailed(id: string, problem: Problem): Promise<void>;
  /**
   * Repairs what a crash left. Called once at the start, by the process that runs jobs, before it runs any.
   */
  recover(): Promise<void>;
};

/**
 * Opens the uploads in the data folder. Several processes may; `recover` and `examine` are for the one that
 * runs jobs.
 */
export function openUploads(options: UploadsOptions): OpenUploads {
  const { records, jobs, dataDir, episodesDir, maxBytes, keepOriginalsDays, now = Date.now } = options;
  const places = uploadPathsIn(dataDir);
  for (const folder of [places.uploads, places.sounds, places.originals])
    mkdirSync(folder, { recursive: true });
  const space = openDiskSpace(records, places, episodesDir);
  const mayUpload = options.mayUpload ?? ((actor, draft) => mayEditDraft(records, actor, draft));
  const context: UploadContext = {
    records,
    jobs,
    places,
    space,
    maxBytes,
    now,
    async assertMayUpload(actor, draft) {
      if (!isUploadId(draft) || !(await isThere(records, draft))) throw new Refused('not-found');
      if (!(await mayUpload(actor, draft))) throw new Refused('not-allowed');
    },
    async onSettled(draft) {
      await options.onSettled?.(draft);
    },
  };

  const present = async (row: UploadRow): Promise<Upload> =>
    uploadFromRow(row, row.state === 'arriving' ? await fileLength(places.source(row.id)) : undefined);

  return {
    tus: (req, res, actor, sentenceOf) => answerTus(context, { req, res, actor, sentenceOf }),
    take: async (actor, draft, file) => uploadFromRow(await takeWholeFile(context, actor, draft, file)),
    async assertRoom(bytes) {
      assertSize(context, bytes);
      await space.assertFor(bytes);
    },
    async get(id) {
      const row = await uploadRow(records.db, id);
      return row && present(row);
    },
    async ofDraft(draft) {
      const rows = await records.db
        .selectFrom('uploads')
        .selectAll()
        .where('draft_id', '=', draft)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return Promise.all(rows.map(present));
    },
    readyPath: ({ id, kind }) => (kind === 'audio' ? places.sound(id) : places.source(id)),
    sourcePath: ({ id }) => places.source(id),
    peaksPath: ({ id }) => places.peaks(id),
    async cancel(actor, id) {
      await cancelUpload(context, await writableUploadRow(context, actor, id));
    },
    again: (actor, id, voice) => examineAgain(context, actor, id, voice),
    release: (draft) => releaseDraft(context, draft, keepOriginalsDays),
    purge: (draft) => purgeDraft(context, draft),
    expire: (at) => expireUploads(context, keepOriginalsDays, at),
    diskUsage: diskUsageReader({ records, episodesDir, dataDir, now }),
    examine: examineJob(context, options),
    async examineFailed(id, problem) {
      await refuseUpload(context, id, problem);
    },
    recover: () => recoverUploads(context, keepOriginalsDays),
  };
}

const draftRow = (records: Records, id: string) =>
  records.db.selectFrom('drafts').select(['show', 'owner_id']).where('id', '=', id).executeTakeFirst();

const isThere = async (records: Records, draft: string): Promise<boolean> =>
  (await draftRow(records, draft)) !== undefined;

async function mayEditDraft(records: Records, actor: Actor, draft: string): Promise<boolean> {
  const row = await draftRow(records, draft);
  return row !== undefined && mayEdit(actor, { show: row.show, ownerId: row.owner_id });
}
