import type { Jobs } from '../../jobs/job.ts';
import { type Problem, parseProblem } from '../../model/problem.ts';
import type { Db, Records } from '../../records/records.ts';
import type { Draft } from './draft.ts';
import { findDraft, setProblem, uploadIdsIn } from './draft-rows.ts';

/**
 * Adds the job `write` for a draft that has an intent and whose uploads are all ready; called within a
 * transaction. A refused or missing upload is recorded on the draft as its problem.
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

/**
 * Adds the job `write` if the draft has an intent and nothing is missing. Called whenever one of its uploads
 * changes.
 */
export async function writeDraftWhenReady(
  context: { records: Records; jobs: Jobs },
  id: string,
): Promise<void> {
  await context.records.write(async (db) => {
    const draft = await findDraft(db, { id });
    if (draft !== undefined) await writeWhenReady(db, context, draft);
  });
}

/** Does this for every draft that has an intent, to go on with what a crash cut off. */
export async function writeDraftsThatAreReady(context: { records: Records; jobs: Jobs }): Promise<void> {
  const { db } = context.records;
  const rows = await db.selectFrom('drafts').select('id').where('intent_json', 'is not', null).execute();
  for (const { id } of rows) await writeDraftWhenReady(context, id);
}
