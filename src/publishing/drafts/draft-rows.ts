import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type Actor, VIA } from '../../model/permissions.ts';
import { type Problem, parseProblem, Refused } from '../../model/problem.ts';
import type { Db } from '../../records/records.ts';
import type { RecordsTables } from '../../records/tables.ts';
import { type Draft, type DraftContent, draftContent, type Intent } from './draft.ts';

type Row = Selectable<RecordsTables['drafts']>;

const intent = z.object({
  action: z.enum(['publish', 'review', 'save']),
  byId: z.string(),
  byName: z.string(),
  via: z.enum(VIA),
  at: z.number(),
  mayPublish: z.boolean(),
  waitsForEditor: z.boolean().optional(),
});

/** Returns the intent that a row holds as JSON; `undefined` where it holds none. */
export const parseIntent = (json: string | null): Intent | undefined =>
  json === null ? undefined : intent.parse(JSON.parse(json));

/** Returns the draft that a row holds. */
export function draftFromRow(row: Row): Draft {
  const { id, revision, episode, base } = row;
  const found: Draft = {
    id,
    revision,
    content: draftContent.parse(JSON.parse(row.content_json)),
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    updatedByName: row.updated_by_name,
  };
  if (episode !== null) found.episode = episode;
  if (base !== null) found.base = base;
  const [intended, stopped] = [parseIntent(row.intent_json), parseProblem(row.problem_json)];
  if (intended !== undefined) found.intent = intended;
  if (stopped !== undefined) found.problem = stopped;
  return found;
}

/** Returns the draft with this id, or in this folder. */
export async function findDraft(
  db: Db,
  by: { id: string } | { episode: string },
): Promise<Draft | undefined> {
  const query = db.selectFrom('drafts').selectAll();
  const row = await ('id' in by ? query.where('id', '=', by.id) : query.where('episode', '=', by.episode))
    .limit(1)
    .executeTakeFirst();
  return row && draftFromRow(row);
}

/** Returns the draft. Throws `Refused` (`not-found`). */
export async function knownDraft(db: Db, id: string): Promise<Draft> {
  const draft = await findDraft(db, { id });
  if (draft === undefined) throw new Refused('not-found');
  return draft;
}

export type NewDraft = { id: string; content: DraftContent; episode?: string; base?: string };

export async function insertDraft(db: Db, draft: NewDraft, actor: Actor, now: number): Promise<void> {
  const { id, content, episode = null, base = null } = draft;
  await db
    .insertInto('drafts')
    .values({
      id,
      revision: 1,
      ...contentColumns(content),
      episode,
      base,
      owner_id: actor.id,
      owner_name: actor.name,
      created_at: now,
      updated_at: now,
      updated_by: actor.id,
      updated_by_name: actor.name,
      intent_json: null,
      problem_json: null,
    })
    .execute();
}

/** Returns a content as it is after being stored and read again: without keys that have no value. */
export const normalContent = (content: unknown): DraftContent =>
  draftContent.parse(JSON.parse(JSON.stringify(content)));

export const contentColumns = (content: DraftContent) => ({
  content_json: JSON.stringify(content),
  show: content.show,
  title: content.title,
});

export async function setProblem(db: Db, id: string, stopped: Problem | undefined): Promise<void> {
  const problem_json = stopped === undefined ? null : JSON.stringify(stopped);
  await db.updateTable('drafts').set({ problem_json }).where('id', '=', id).execute();
}

export async function setIntent(db: Db, id: string, intended: Intent | undefined): Promise<void> {
  const intent_json = intended === undefined ? null : JSON.stringify(intended);
  await db.updateTable('drafts').set({ intent_json }).where('id', '=', id).execute();
}

/** Returns the ids of the uploads that the content names. */
export function uploadIdsIn({ segments, files, cover }: DraftContent): string[] {
  return [...segments, ...files, cover].flatMap(({ upload }) => upload ?? []);
}
