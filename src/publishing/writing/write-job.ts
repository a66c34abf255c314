import { machineProblem } from '../../archive/machine-problem.ts';
import type { JobHandler, ReportProgress } from '../../jobs/job.ts';
import type { EpisodeStatus } from '../../model/episode.ts';
import { FrontMatterBroken } from '../../model/front-matter/front-matter.ts';
import { type Problem, Refused } from '../../model/problem.ts';
import { addJournalEntry } from '../../records/journal.ts';
import { actorOfIntent } from '../actor.ts';
import type { PublishingContext } from '../context.ts';
import {
  type Draft,
  findDraft,
  type Intent,
  putDraftFolder,
  readDraftFolder,
  setIntent,
  setProblem,
} from '../drafts/drafts.ts';
import { retryMachineProblem } from '../retry-later.ts';
import { isPublished } from './assert-writable.ts';
import { ACTIONS, finishWriting } from './finish-writing.ts';
import { writeEpisodeFolder } from './write-episode-folder.ts';
import { announceWriting, prepareWriting } from './writing-task.ts';

/** The result of a writing: the folder's key, and the status that was set, if any. */
export type Written = { episode?: string; status?: EpisodeStatus };

/**
 * Returns the job that writes a draft into its folder, if it has an intent. Its result is `Written`. A
 * problem of the draft is recorded on it; after a problem of the machine the job is tried again.
 */
export function writeJob(context: PublishingContext): JobHandler {
  return async ({ subject, report, signal }) => {
    // Somebody may save or submit while it is written: then the draft still exists and is looked at again.
    for (let written: Written = {}; ; ) {
      const draft = await findDraft(context.records.db, { id: subject });
      if (draft === undefined) {
        await context.uploads.release(subject);
        return written.episode === undefined ? writtenBefore(context, subject) : written;
      }
      if (draft.intent === undefined || draft.intent.waitsForEditor) return written;
      const ended = await attempt(context, draft, draft.intent, report, signal);
      if (ended === 'waits') return written;
      if (ended !== 'changed') written = ended;
    }
  };
}

/** Returns what was written, or the reason why nothing was. */
async function attempt(
  context: PublishingContext,
  draft: Draft,
  intent: Intent,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Written | 'waits' | 'changed'> {
  try {
    const task = await prepareWriting(context, draft, intent);
    if (task === undefined) return 'waits';
    if (isPublished(task.base) && (!intent.mayPublish || intent.action === 'review')) {
      // It has been published since: now an editor must decide.
      const waiting: Intent = { ...intent, action: 'review', waitsForEditor: true };
      await setIntent(context.records.db, draft.id, waiting);
      return 'waits';
    }
    if (!(await announceWriting(context, task))) return 'changed';
    await writeEpisodeFolder(context, task, report, signal);
    await finishWriting(context, task);
    return { episode: task.key, ...statusAfter(ACTIONS[intent.action]) };
  } catch (error) {
    if (signal.aborted) {
      await letGo(context, draft.id);
      throw error;
    }
    throw await stop(context, draft, intent, error);
  }
}

/** Records on the draft why it was not written. Returns the error that the job ends with. */
async function stop(
  context: PublishingContext,
  draft: Draft,
  intent: Intent,
  error: unknown,
): Promise<unknown> {
  const machine = machineProblem(error);
  const problem = machine ?? problemIn(error);
  // The intent is dropped only for what a person must correct, not for what the machine may recover from.
  const isFinal = machine === undefined && (error instanceof Refused || error instanceof FrontMatterBroken);
  const said = context.records.write(async (db) => {
    const folder = await readDraftFolder(db, draft.id);
    await putDraftFolder(db, draft.id, { ...folder, isWriting: false });
    await setProblem(db, draft.id, problem);
    if (isFinal) await setIntent(db, draft.id, undefined);
    if (draft.problem?.code === problem.code) return;
    const details = { ...problem.values, title: draft.content.title, problem: problem.code };
    const subject = draft.episode ?? draft.id;
    await addJournalEntry(db, context.now(), actorOfIntent(intent), {
      action: 'writing-stopped',
      subject,
      details,
    });
  });
  // On a full disk this cannot be recorded either; the job is tried again and records it then.
  await said.catch(() => undefined);
  if (machine !== undefined) return retryMachineProblem(error);
  return isFinal ? new Refused(problem.code, problem.values, { cause: error }) : error;
}

function problemIn(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof FrontMatterBroken)
    return { code: 'value-wrong', values: { field: 'episode.md', reason } };
  return { code: 'machine-failed', values: { reason } };
}

async function letGo({ records }: PublishingContext, id: string): Promise<void> {
  await records.write(async (db) => {
    const folder = await readDraftFolder(db, id);
    if (folder.isWriting) await putDraftFolder(db, id, { ...folder, isWriting: false });
  });
}

const statusAfter = (action: string): Pick<Written, 'status'> => {
  if (action === 'episode-published') return { status: 'published' };
  return action === 'episode-handed-in' ? { status: 'review' } : {};
};

/**
 * Returns the result for a draft that is gone: the program may have ended between the last step and the job's
 * end.
 */
async function writtenBefore({ records }: PublishingContext, draft: string): Promise<Written> {
  const row = await records.db
    .selectFrom('journal')
    .select(['subject', 'action'])
    .where('action', 'in', Object.values(ACTIONS))
    .where('details_json', 'like', `%"draft":"${draft}"%`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? {} : { episode: row.subject, ...statusAfter(row.action) };
}
