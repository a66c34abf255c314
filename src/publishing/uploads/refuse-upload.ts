import type { Problem } from '../../model/problem.ts';
import { addJournalEntry, type JournalActor } from '../../records/journal.ts';
import type { Db } from '../../records/records.ts';
import type { UploadContext } from './upload-context.ts';

/**
 * Ends an upload that is not ready with a problem, and says so in the journal. Returns whether it was still
 * under way.
 */
export async function refuseUpload(context: UploadContext, id: string, problem: Problem): Promise<boolean> {
  const { records, now } = context;
  const row = await records.write(async (db) => {
    const refused = await db
      .updateTable('uploads')
      .set({ state: 'refused', problem_json: JSON.stringify(problem), updated_at: now() })
      .where('id', '=', id)
      .where('state', 'in', ['arriving', 'waiting', 'working'])
      .returningAll()
      .executeTakeFirst();
    if (refused === undefined) return undefined;
    const owner = await db
      .selectFrom('accounts')
      .select('name')
      .where('id', '=', refused.owner_id)
      .executeTakeFirst();
    const by = { id: refused.owner_id, name: owner?.name ?? '', via: 'system' as const };
    await noteRefusal(db, now(), by, { draft: refused.draft_id, name: refused.name, problem });
    return refused;
  });
  if (row !== undefined) await context.onSettled(row.draft_id);
  return row !== undefined;
}

/** The same refusal is entered in the journal once in this time (ms), since programs retry. */
const NOTES_MS = 3_600_000;

/** Enters in the journal that a file was refused, and why. */
export async function noteRefusal(
  db: Db,
  at: number,
  by: JournalActor,
  { draft, name, problem }: { draft: string; name: string; problem: Problem },
): Promise<void> {
  const details = { ...problem.values, name, code: problem.code };
  const entry = { action: 'upload-refused', subject: draft, details };
  const before = await db
    .selectFrom('journal')
    .select('id')
    .where('subject', '=', draft)
    .where('action', '=', entry.action)
    .where('details_json', '=', JSON.stringify(details))
    .where('at', '>', at - NOTES_MS)
    .executeTakeFirst();
  if (before === undefined) await addJournalEntry(db, at, by, entry);
}
