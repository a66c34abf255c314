import type { Jobs } from '../../jobs/job.ts';
import { type Problem, parseProblem } from '../../model/problem.ts';
import type { Db, Records } from '../../records/records.ts';
import type { Draft } from './draft.ts';
import { findDraft, setProblem, uploadIdsIn } from './draft-rows.ts';

/**
 * Within a transaction: has the draft written as soon as it may be. Says on the draft what holds it up for good (an upload
 * that was refused or is gone); what only takes its time is said nowhere.
 */
export async function writeWhenReady(db: Db, { jobs }: { jobs: Jobs }, draft: Draft): Promise<void> {
  if (draft.intent === undefined || draft.intent.waitsForEditor) return;
  const rows = await db
    .selectFrom('uploads')
    .select(['id', 'state', 'problem_json'])
    .where('draft_id', '=', draft.id)
    .execute();
  const uploads = new Map(rows.map((row) => [row.id, row]));
  const wanted = uploadIdsIn(draft.content).map((id) => uploads.get(id));
  const stopped = wanted.find((one) => one === undefined || STOPPED.has(one.state));
  if (stopped !== undefined || wanted.includes(undefined)) {
    await setProblem(db, draft.id, parseProblem(stopped?.problem_json ?? null) ?? GONE);
    return;
  }
  if (draft.problem !== undefined) await setProblem(db, draft.id, undefined);
  if (wanted.every((one) => one?.state === 'ready')) await jobs.add('write', draft.id, {}, db);
}

const STOPPED = new Set(['refused', 'cancelled']);
const GONE: Problem = { code: 'upload-expired', values: {} };

/** To be called when something about a draft's uploads has changed: has it written when that was the last thing missing. */
export async function writeDraftWhenReady(
  context: { records: Records; jobs: Jobs },
  id: string,
): Promise<void> {
  await context.records.write(async (db) => {
    const draft = await findDraft(db, { id });
    if (draft !== undefined) await writeWhenReady(db, context, draft);
  });
}

/** Looks at every draft that something is to happen with: whatever a crash cut off goes on. */
export async function writeDraftsThatAreReady(context: { records: Records; jobs: Jobs }): Promise<void> {
  const { db } = context.records;
  const rows = await db.selectFrom('drafts').select('id').where('intent_json', 'is not', null).execute();
  for (const { id } of rows) await writeDraftWhenReady(context, id);
}
