import type { JobHandler, ReportProgress } from '../../jobs/job.ts';
import type { EpisodeStatus } from '../../model/episode.ts';
import { FrontMatterBroken } from '../../model/front-matter.ts';
import { type Problem, Refused } from '../../model/problem.ts';
import { doerOf } from '../actor.ts';
import type { Room } from '../context.ts';
import type { Draft, Intent } from '../drafts/draft.ts';
import { draftFolder, putDraftFolder } from '../drafts/draft-folder.ts';
import { findDraft, setIntent, setProblem } from '../drafts/draft-rows.ts';
import { isPublished } from '../editing/submit-draft.ts';
import { note } from '../journal.ts';
import { jobError, machineProblem } from '../machine-problems.ts';
import { ACTIONS, finishWriting } from './finish-writing.ts';
import { carryOut } from './write-episode-folder.ts';
import { announce, writingTask } from './writing-task.ts';

/** What became of a draft: the folder's key, and the status it was given, where it did not keep its own. */
export type Written = { episode?: string; status?: EpisodeStatus };

/**
 * Returns what writes a draft into its folder, as far as somebody wants it to. Its result is `Written`. What stands against it is said
 * on the draft; what is wrong with the machine heals, and is tried again until it does.
 */
export function writeHandler(room: Room): JobHandler {
  return async ({ subject, report, signal }) => {
    // Somebody may save or ask anew while it is written: then the draft is there again, and is looked at again.
    for (let written: Written = {}; ; ) {
      const draft = await findDraft(room.records.db, { id: subject });
      if (draft === undefined) {
        await room.uploads.release(subject);
        return written.episode === undefined ? writtenBefore(room, subject) : written;
      }
      if (draft.intent === undefined || draft.intent.waitsForEditor) return written;
      const ended = await attempt(room, draft, draft.intent, report, signal);
      if (ended === 'waits') return written;
      if (ended !== 'changed') written = ended;
    }
  };
}

/** Returns what was written; or why it was not. */
async function attempt(
  room: Room,
  draft: Draft,
  intent: Intent,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Written | 'waits' | 'changed'> {
  try {
    const task = await writingTask(room, draft, intent);
    if (task === undefined) return 'waits';
    if (isPublished(task.beginning) && (!intent.mayPublish || intent.action === 'review')) {
      // Somebody has put it out since: this is for an editor now.
      const waiting: Intent = { ...intent, action: 'review', waitsForEditor: true };
      await setIntent(room.records.db, draft.id, waiting);
      return 'waits';
    }
    if (!(await announce(room, task))) return 'changed';
    await carryOut(room, task, report, signal);
    await finishWriting(room, task);
    return { episode: task.key, ...statusAfter(ACTIONS[intent.action]) };
  } catch (error) {
    if (signal.aborted) {
      await letGo(room, draft.id);
      throw error;
    }
    throw await stop(room, draft, intent, error);
  }
}

/** Says on the draft why it was not written. Returns the error with which the job ends. */
async function stop(room: Room, draft: Draft, intent: Intent, error: unknown): Promise<unknown> {
  const machine = machineProblem(error);
  const problem = machine ?? problemIn(error);
  // Only what somebody has to put right stops it; what is asked for stands as long as a machine may heal.
  const isFinal = machine === undefined && (error instanceof Refused || error instanceof FrontMatterBroken);
  const said = room.records.write(async (db) => {
    const folder = await draftFolder(db, draft.id);
    await putDraftFolder(db, draft.id, { ...folder, isWriting: false });
    await setProblem(db, draft.id, problem);
    if (isFinal) await setIntent(db, draft.id, undefined);
    if (draft.problem?.code === problem.code) return;
    const details = { ...problem.values, title: draft.content.title, problem: problem.code };
    const subject = draft.episode ?? draft.id;
    await note(db, room.now(), doerOf(intent), { action: 'writing-stopped', subject, details });
  });
  // On a full disk, that cannot be written down either: the job comes again and says it then.
  await said.catch(() => undefined);
  if (machine !== undefined) return jobError(error);
  return isFinal ? new Refused(problem.code, problem.values, { cause: error }) : error;
}

function problemIn(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof FrontMatterBroken)
    return { code: 'value-wrong', values: { field: 'episode.md', reason } };
  return { code: 'machine-failed', values: { reason } };
}

async function letGo({ records }: Room, id: string): Promise<void> {
  await records.write(async (db) => {
    const folder = await draftFolder(db, id);
    if (folder.isWriting) await putDraftFolder(db, id, { ...folder, isWriting: false });
  });
}

const statusAfter = (action: string): Pick<Written, 'status'> => {
  if (action === 'episode-published') return { status: 'published' };
  return action === 'episode-handed-in' ? { status: 'review' } : {};
};

/** Returns what became of a draft that is gone: the program may have ended between its last step and the job's end. */
async function writtenBefore({ records }: Room, draft: string): Promise<Written> {
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
