import type { z } from 'zod';
import type { Job } from '../../jobs/job.ts';
import { episodePath } from '../../model/addresses.ts';
import type { Actor } from '../../model/permissions.ts';
import { type ProblemCode, Refused } from '../../model/problem.ts';
import type { Draft } from '../../publishing/drafts/drafts.ts';
import type { Upload } from '../../publishing/uploads/uploads.ts';
import { episodeIn, indexedEpisode, statusIn } from '../indexed.ts';
import type { Call } from '../route.ts';
import type { Studio } from '../studio.ts';
import type { draftState, upload as uploadShape } from './schemas.ts';

/** How long an answer waits for a job whose work is done to end (ms). */
const PATIENCE_MS = 2_000;

export type DraftState = z.output<typeof draftState>;

/**
 * Returns the state of a draft, also after it was written and deleted. Throws `Refused` when there never was
 * one.
 */
export async function apiDraftState(
  studio: Studio,
  call: Call,
  actor: Actor,
  id: string,
): Promise<DraftState> {
  try {
    return await stateOf(studio, call, await studio.publishing.drafts.get(actor, id));
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'not-found') throw error;
    const result = (await endOfWriting(studio, id))?.result;
    const episode = episodeIn(result);
    if (episode === undefined) throw error;
    const status = statusIn(result);
    // A folder is not public before it is complete, and the index may have seen it before.
    await indexedEpisode(
      studio,
      episode,
      (indexed) => indexed !== undefined && (status ?? indexed.status) === indexed.status,
    );
    return { id, state: 'done', uploads: [], episode, address: episodeAddress(studio, episode) };
  }
}

/** The draft is deleted a moment before the job that wrote it ends. */
async function endOfWriting({ jobs }: Studio, draft: string): Promise<Job | undefined> {
  const job = await writingOf(jobs, draft);
  return job === undefined ? undefined : jobs.ended(job.id, PATIENCE_MS);
}

const writingOf = async (jobs: Studio['jobs'], draft: string): Promise<Job | undefined> =>
  (await jobs.ofSubjects([draft])).find(({ kind }) => kind === 'write');

export function episodeAddress(studio: Studio, key: string): string {
  const [show = '', slug = ''] = key.split('/');
  return studio.config.publicUrl + episodePath(show, slug);
}

/** Problems of the machine. The intent is carried out once they have passed. */
const HEALS = new Set<ProblemCode>(['disk-full', 'folder-read-only']);

async function stateOf(studio: Studio, call: Call, draft: Draft): Promise<DraftState> {
  const uploads = await studio.uploads.ofDraft(draft.id);
  const jobs = await studio.jobs.ofSubjects([draft.id, ...uploads.map(({ id }) => id)]);
  const { problem, intent } = draft;
  const sentence = problem && call.texts.problems[problem.code](problem.values);
  const isStopped = problem !== undefined && !(intent !== undefined && HEALS.has(problem.code));
  const isWriting = jobs.some(
    ({ kind, subject, state }) =>
      kind === 'write' && subject === draft.id && (state === 'waiting' || state === 'running'),
  );
  const isWaiting = intent !== undefined || isWriting;
  const asked = intent?.waitsForEditor ? 'review' : isWaiting ? 'waiting' : 'draft';
  return {
    id: draft.id,
    state: isStopped ? 'stopped' : asked,
    show: draft.content.show,
    title: draft.content.title,
    revision: draft.revision,
    uploads: uploads.map((upload) => uploadState(call, upload, jobs)),
    ...(draft.episode === undefined
      ? {}
      : { episode: draft.episode, address: episodeAddress(studio, draft.episode) }),
    ...(sentence === undefined ? {} : { sentence }),
  };
}

function uploadState(call: Call, upload: Upload, jobs: Job[]): z.output<typeof uploadShape> {
  const { id, name, bytes, received, state, facts, problem } = upload;
  const job = jobs.find(({ subject, state }) => subject === id && state === 'running');
  return {
    id,
    name,
    bytes,
    received,
    state,
    ...(job && { stage: job.stage, progress: job.progress }),
    ...(job?.secondsLeft !== undefined && { secondsLeft: job.secondsLeft }),
    ...(facts?.sound && { loudness: facts.sound.loudness, seconds: facts.sound.seconds }),
    ...(problem && { sentence: call.texts.problems[problem.code](problem.values) }),
  };
}
