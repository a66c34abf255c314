import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Selectable, Updateable } from 'kysely';
import { onTestFinished } from 'vitest';
import type { Archive } from '../../src/archive/archive.ts';
import { openFolderArchive } from '../../src/archive/folder-archive.ts';
import { NotAudio } from '../../src/audio/failures.ts';
import { HOUSE_RULES, type Producer } from '../../src/audio/production/production.ts';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { openCatalogue } from '../../src/catalogue/open.ts';
import { createIndexer, type Indexer } from '../../src/indexing/indexer.ts';
import { JOB_KINDS, type Jobs, RetryLater } from '../../src/jobs/job.ts';
import { openJobs } from '../../src/jobs/jobs.ts';
import type { Actor } from '../../src/model/permissions.ts';
import { type Problem, Refused } from '../../src/model/problem.ts';
import type { DraftContent } from '../../src/publishing/drafts/draft.ts';
import { type OpenPublishing, openPublishing } from '../../src/publishing/open-publishing.ts';
import { type OpenUploads, openUploads } from '../../src/publishing/uploads/open-uploads.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import type { RecordsTables } from '../../src/records/tables.ts';
import { mp3 } from '../fixtures/audio.ts';
import { type Files, putFiles, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';
import { prober } from '../indexing/indexing.ts';

const actor = (id: string, name: string, given: Partial<Actor>): Actor => ({
  id,
  name,
  role: 'contributor',
  shows: [],
  mayPublish: false,
  via: 'studio',
  ...given,
});

export const ada = actor('a-ada', 'Ada', { role: 'admin' });
export const enzo = actor('a-enzo', 'Enzo', { role: 'editor' });
/** May publish in Stacca alone. */
export const carla = actor('a-carla', 'Carla', { shows: ['stacca'], mayPublish: true });
/** May only hand in, in Stacca alone. */
export const rita = actor('a-rita', 'Rita', { shows: ['stacca'] });
/** Has another show. */
export const otto = actor('a-otto', 'Otto', { shows: ['altra'], mayPublish: true });

/** 30 January 2025, 18:00 in Turin. */
export const THEN = Date.parse('2025-01-30T18:00:00+01:00');

/**
 * Makes of an MP3 itself, and of all else another MP3, as long as the file has kilobytes: what a sound is made of is tested
 * where it is made.
 */
export const producer: Producer = {
  async produce({ source, target, peaks }) {
    const bytes = await readFile(source);
    const untouched = bytes[0] === 0xff || bytes.subarray(0, 3).toString('latin1') === 'ID3';
    if (!untouched && bytes.subarray(0, 4).toString('latin1') !== 'RIFF')
      throw new NotAudio('no sound in it');
    if (untouched) await copyFile(source, target);
    else await writeFile(target, mp3({ seconds: 2, salt: bytes.length }));
    await writeFile(peaks, `peaks of ${bytes.length}`);
    const length = (await readFile(target)).length;
    return {
      seconds: 2,
      bytes: length,
      channels: 1,
      bitrate: 96,
      untouched,
      loudnessBefore: -23,
      loudness: -16,
      truePeak: -1.5,
      tags: {},
      chapters: [],
    };
  },
  async drawPeaks({ source, target }) {
    await writeFile(target, `peaks of ${(await readFile(source)).length}`);
  },
  warm() {},
  async close() {},
};

/** How a job that was done ended. */
export type JobEnd = { kind: string; subject: string; problem?: Problem; result?: unknown; later?: number };

export type TestStudio = {
  episodes: string;
  dataDir: string;
  archive: Archive;
  catalogue: Catalogue;
  indexer: Indexer;
  records: Records;
  jobs: Jobs;
  uploads: OpenUploads;
  publishing: OpenPublishing;
  clock: { now: number };
  /** Does all jobs that wait, and those that come of them. */
  work(): Promise<JobEnd[]>;
  /** Uploads a file, and has it looked at. Returns its id. */
  upload(draft: string, name: string, bytes: Uint8Array, by?: Actor): Promise<string>;
  /** A new draft with this content and one sound, `voce.mp3`. */
  draftWithSound(content?: Partial<DraftContent>, by?: Actor): Promise<string>;
  /** Submits a draft as it is now, and does the jobs. */
  submit(id: string, action: 'publish' | 'review' | 'save', by?: Actor): Promise<JobEnd[]>;
  text(path: string): Promise<string>;
  files(folder: string): Promise<string[]>;
};

export type StudioOptions = { wrap?: (archive: Archive) => Archive };

/** A station with the shows Stacca and Altra and these files, and the studio over it. Its clock stands still. */
export async function testStudio(files: Files = {}, { wrap }: StudioOptions = {}): Promise<TestStudio> {
  const [episodes, dataDir] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  const altra = SHOW.replaceAll('2', '3').replace('Stacca Stacca', 'Altra');
  await putFiles(episodes, {
    'station.md': STATION,
    'stacca/show.md': SHOW,
    'altra/show.md': altra,
    ...files,
  });
  const folders = await openFolderArchive(episodes);
  const archive = wrap?.(folders) ?? folders;
  const catalogue = await openCatalogue({ directory: join(dataDir, 'catalogue'), mode: 'write' });
  const records = await openRecords(dataDir);
  onTestFinished(async () => {
    records.close();
    await catalogue.close();
  });
  const clock = { now: THEN };
  const now = () => clock.now;
  const jobs = openJobs({ records, now });
  const uploads = openUploads({
    records,
    jobs,
    dataDir,
    episodesDir: episodes,
    maxBytes: 1e9,
    keepOriginalsDays: 30,
    rules: HOUSE_RULES,
    producer,
    now,
    onSettled: (draft) => publishing.writeWhenReady(draft),
  });
  const publishing = openPublishing({
    records,
    archive,
    catalogue,
    prober,
    jobs,
    uploads,
    dataDir,
    now,
    publicUrl: 'https://radio.example',
    drawer: producer,
  });
  // What was just written counts as still being written; nobody waits for that here.
  const indexer = createIndexer({ archive: folders, catalogue, prober, now: () => Date.now() + 3_600_000 });
  const handlers = { ...publishing.handlers, examine: uploads.examine };

  const due = () =>
    records.db
      .selectFrom('jobs')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('due_at', '<=', clock.now)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();

  /** Does one job, as the runner would. Throws what the runner would try again at once. */
  async function done({
    id,
    kind,
    subject,
    payload_json,
  }: Selectable<RecordsTables['jobs']>): Promise<JobEnd> {
    const settle = (set: Updateable<RecordsTables['jobs']>) =>
      records.db.updateTable('jobs').set(set).where('id', '=', id).execute();
    await settle({ state: 'running' });
    const payload: unknown = JSON.parse(payload_json);
    const { signal } = new AbortController();
    try {
      const handler = handlers[JOB_KINDS.find((one) => one === kind) ?? 'examine'];
      const result = await handler?.({ subject, payload, report: () => {}, signal });
      await settle({ state: 'done', result_json: JSON.stringify(result ?? null) });
      return { kind, subject, result };
    } catch (error) {
      if (error instanceof RetryLater) {
        await settle({ state: 'waiting', due_at: clock.now + error.after });
        return { kind, subject, problem: error.problem, later: error.after };
      }
      const problem = error instanceof Refused ? error.problem : undefined;
      await settle(
        problem ? { state: 'failed', problem_json: JSON.stringify(problem) } : { state: 'waiting' },
      );
      if (problem === undefined) throw error;
      return { kind, subject, problem };
    }
  }

  const studio: TestStudio = {
    episodes,
    dataDir,
    archive,
    catalogue,
    indexer,
    records,
    jobs,
    uploads,
    publishing,
    clock,
    async work() {
      const ends: JobEnd[] = [];
      for (let row = await due(); row !== undefined; row = await due()) ends.push(await done(row));
      return ends;
    },
    async upload(draft, name, data, by = ada) {
      const { id } = await uploads.take(by, draft, { name, data });
      return id;
    },
    async draftWithSound(content = {}, by = ada) {
      const draft = await publishing.drafts.create(by, { show: 'stacca', title: 'Sputnik', ...content });
      const upload = await studio.upload(draft.id, 'voce.mp3', mp3({ seconds: 2 }), by);
      await studio.work();
      const segments = [{ file: 'voce.mp3', upload, title: '', voice: 'auto' as const }];
      await publishing.drafts.save(by, draft.id, draft.revision, { ...draft.content, segments });
      return draft.id;
    },
    async submit(id, action, by = ada) {
      const { revision } = await publishing.drafts.get(by, id);
      await publishing.drafts.submit(by, id, revision, action);
      return studio.work();
    },
    text: (path) => readFile(join(episodes, path), 'utf8'),
    async files(folder) {
      return (await readdir(join(episodes, folder))).sort();
    },
  };
  return studio;
}

/** Returns whether a file has these bytes; a list of those that differ would help nobody. */
export const hasBytes = async (path: string, bytes: Uint8Array): Promise<boolean> =>
  (await readFile(path)).equals(bytes);

/** Returns the code of what `work` was refused for; fails when it was not. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Refused) return error.problem.code;
  throw error ?? new Error('nothing was refused');
}
