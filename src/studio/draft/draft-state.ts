import type { Job } from '../../jobs/job.ts';
import { episodePath } from '../../model/addresses.ts';
import { type Actor, mayWriteFor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import type { Draft, IntendedAction } from '../../publishing/drafts/drafts.ts';
import type { Upload, UploadFacts, UploadKind, UploadState } from '../../publishing/uploads/uploads.ts';
import { durationText } from '../../site/view-models/durations.ts';
import type { Language } from '../../texts/languages.ts';
import type { StudioTexts } from '../../texts/studio-texts.ts';
import { episodeIn, indexedEpisode } from '../indexed.ts';
import type { Studio } from '../studio.ts';
import { shownUploadKind } from './draft-uploads.ts';

/** An upload as the page of its draft shows it. */
export type UploadView = {
  id: string;
  name: string;
  bytes: number;
  received: number;
  kind: UploadKind;
  state: UploadState;
  /** What is being done with it, in words; how far, from 0 to 1; and for how many seconds more. */
  stage: string;
  progress: number;
  secondsLeft?: number;
  /** The result: `02'11" · −16,0 LUFS · va bene così com’è`. */
  result: string;
  /** Why it was refused. */
  problem: string;
  /** Of a sound. */
  seconds?: number;
  tags?: { title?: string; artist?: string; album?: string; comment?: string; date?: string };
};

/** What the page of a draft gets whenever the draft changes. */
export type DraftState = {
  revision: number;
  updatedAt: number;
  updatedBy: string;
  byMe: boolean;
  /** `waits`: whether it waits for somebody who may publish. */
  intent?: { action: IntendedAction; byName: string; waits: boolean };
  /** The folder is being written. */
  isWriting: boolean;
  problem: string;
  /** The folder was changed by hand: both texts can be seen. */
  folderChanged: boolean;
  uploads: UploadView[];
};

/** The result of a draft that was written and deleted. */
export type DraftDone = { done: true; episode: string; address: string; isPublic: boolean };

/** How long to wait for a job that has nearly ended (ms). */
const PATIENCE_MS = 5_000;

type Words = { texts: StudioTexts; language: Language };

/**
 * Returns the state of a draft, or its result. Throws `Refused` when there is none, or the actor may not see
 * it.
 */
export async function draftState(
  studio: Studio,
  actor: Actor,
  id: string,
  words: Words,
): Promise<DraftState | DraftDone> {
  try {
    return await stateOfDraft(studio, actor, await studio.publishing.drafts.get(actor, id), words);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'not-found') throw error;
    const done = await doneOf(studio, actor, id);
    if (done === undefined) throw error;
    return done;
  }
}

/** Returns the state of a draft. */
export async function stateOfDraft(
  studio: Studio,
  actor: Actor,
  draft: Draft,
  words: Words,
): Promise<DraftState> {
  const uploads = await studio.uploads.ofDraft(draft.id);
  const jobs = await studio.jobs.ofSubjects([draft.id, ...uploads.map(({ id }) => id)]);
  const { intent, problem } = draft;
  return {
    revision: draft.revision,
    updatedAt: draft.updatedAt,
    updatedBy: draft.updatedByName,
    byMe: draft.updatedBy === actor.id,
    ...(intent === undefined
      ? {}
      : { intent: { action: intent.action, byName: intent.byName, waits: intent.waitsForEditor ?? false } }),
    isWriting: jobs.some(
      ({ kind, subject, state }) => kind === 'write' && subject === draft.id && isLive(state),
    ),
    problem: problem === undefined ? '' : words.texts.problems[problem.code](problem.values),
    folderChanged: problem?.code === 'folder-changed',
    uploads: uploads
      .filter(({ state }) => state !== 'cancelled')
      .map((upload) => viewOf(upload, jobs, words)),
  };
}

const isLive = (state: Job['state']): boolean => state === 'waiting' || state === 'running';

function viewOf(upload: Upload, jobs: Job[], words: Words): UploadView {
  const { id, name, bytes, received, state, facts, problem } = upload;
  const job = jobs.find(({ subject, state }) => subject === id && state === 'running');
  const { stages, states } = words.texts.draft;
  return {
    ...{ id, name, bytes, received, state, kind: shownUploadKind(upload) },
    stage: job === undefined ? states[state] : stages[job.stage],
    progress: job?.progress ?? 0,
    ...(job?.secondsLeft === undefined ? {} : { secondsLeft: Math.round(job.secondsLeft) }),
    result: facts === undefined ? '' : uploadResultText(facts, words),
    problem: problem === undefined ? '' : words.texts.problems[problem.code](problem.values),
    ...(facts?.sound === undefined ? {} : { seconds: facts.sound.seconds, tags: facts.sound.tags }),
  };
}

async function doneOf(studio: Studio, actor: Actor, id: string): Promise<DraftDone | undefined> {
  const jobs = await studio.jobs.ofSubjects([id]);
  const job = jobs.find(({ kind }) => kind === 'write');
  // The draft is deleted a moment before its job ends.
  const ended = job !== undefined && isLive(job.state) ? await studio.jobs.ended(job.id, PATIENCE_MS) : job;
  const key = ended?.state === 'done' ? episodeIn(ended.result) : undefined;
  if (key === undefined) return undefined;
  const [show = '', slug = ''] = key.split('/');
  if (!mayWriteFor(actor, show)) return undefined;
  // A folder is first written with `status: draft`, which is its last status only if none follows.
  const episode = await indexedEpisode(studio, key, (one) => one !== undefined && one.status !== 'draft');
  const isPublic = episode?.status === 'published' && episode.publishedAt <= studio.now();
  return { done: true, episode: key, address: episodePath(show, slug), isPublic };
}

/** Returns the result of an upload, as one line: `02'11" · −16,0 LUFS · mono 96 kbit/s · era −23,4 LUFS`. */
export function uploadResultText(
  { sound, picture }: UploadFacts,
  { texts, language }: { texts: StudioTexts; language: Language },
): string {
  const words = texts.draft;
  if (picture !== undefined) return words.pixels(picture.width, picture.height);
  if (sound === undefined) return '';
  const loudness = (value: number | null): string =>
    value === null ? words.silence : `${numberText(value, language)} LUFS`;
  const made = [
    `${sound.channels === 1 ? words.resultMono : words.resultStereo} ${Math.round(sound.bitrate)} kbit/s`,
    ...(sound.loudnessBefore === null ? [] : [words.madeOf(loudness(sound.loudnessBefore))]),
  ];
  return [
    durationText(sound.seconds),
    loudness(sound.loudness),
    ...(sound.untouched ? [words.asItIs] : made),
    ...(sound.chapters.length > 0 ? [words.withChapters(sound.chapters.length)] : []),
  ].join(' · ');
}

/** `−16,0`, with the sign that is as wide as a plus. */
const numberText = (value: number, language: Language): string =>
  value.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).replace('-', '−');
