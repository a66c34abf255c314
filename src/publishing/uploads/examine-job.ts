import { z } from 'zod';
import type { HouseRules, Producer } from '../../audio/production/production.ts';
import { type JobHandler, RetryLater } from '../../jobs/job.ts';
import { Refused } from '../../model/problem.ts';
import type { Db } from '../../records/records.ts';
import { type DraftContent, draftContent } from '../drafts/drafts.ts';
import { removeMade } from './cancel-upload.ts';
import { meansNoSpace, problemOfFile } from './examination-problems.ts';
import { type InspectedUpload, inspectUpload } from './inspect-upload.ts';
import { refuseUpload } from './refuse-upload.ts';
import { publishedName } from './safe-name.ts';
import type { UploadFacts } from './upload.ts';
import { type UploadContext, uploadRow } from './upload-context.ts';
import { parseFacts, type UploadRow } from './upload-rows.ts';

export type Examining = { producer?: Producer; rules: HouseRules };

const DISK_FULL_WAITS_MS = 60_000;
const VOICES = ['auto', 'mono', 'stereo'] as const;
const order = z.object({ voice: z.enum(VOICES).optional() });

/**
 * Returns the handler of `examine`: finds out what an upload is, makes the file to publish, and records both
 * in its row. Its subject is the upload's id, its payload `{ voice? }`.
 */
export function examineJob(context: UploadContext, { producer, rules }: Examining): JobHandler {
  const { records, places, now } = context;

  /** Marks the row as being worked on and returns it; `undefined` when there is nothing left to do. */
  const begin = (id: string): Promise<UploadRow | undefined> =>
    records.write(async (db) => {
      const row = await uploadRow(db, id);
      if (row === undefined || row.state === 'arriving' || row.state === 'cancelled') return undefined;
      if (row.state === 'ready') return row;
      await db
        .updateTable('uploads')
        .set({ state: 'working', problem_json: null, updated_at: now() })
        .where('id', '=', id)
        .execute();
      return { ...row, state: 'working' };
    });

  /** Records the result. Returns whether the upload was still wanted. */
  const settle = (row: UploadRow, found: InspectedUpload): Promise<boolean> =>
    records.write(async (db) => {
      const file = parseFacts(row)?.file ?? (await fileFor(db, row, found));
      const facts: UploadFacts = { file, ...found.facts };
      const { numUpdatedRows } = await db
        .updateTable('uploads')
        .set({
          state: 'ready',
          kind: found.kind,
          facts_json: JSON.stringify(facts),
          problem_json: null,
          updated_at: now(),
        })
        .where('id', '=', row.id)
        .where('state', '=', 'working')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });

  const waitsAgain = (id: string) =>
    records.db
      .updateTable('uploads')
      .set({ state: 'waiting', updated_at: now() })
      .where('id', '=', id)
      .where('state', '=', 'working')
      .execute();

  return async ({ subject: id, payload, report, signal, attempt = 1 }) => {
    if (producer === undefined) throw new Error('this process makes no sound');
    const row = await begin(id);
    if (row === undefined) return undefined;
    if (row.state === 'working') {
      report('looking', 0);
      try {
        const voice = order.parse(payload).voice ?? (await voiceIn(records.db, row));
        const [source, target, peaks] = [places.source(id), places.sound(id), places.peaks(id)];
        const found = await inspectUpload(
          { producer, rules, voice, source, target, peaks },
          { report, signal },
        );
        if (!(await settle(row, found))) {
          await removeMade(places, id);
          return undefined;
        }
      } catch (error) {
        const problem = signal.aborted ? undefined : problemOfFile(error, row.name, attempt);
        if (problem !== undefined) {
          await refuseUpload(context, id, problem);
          throw new Refused(problem.code, problem.values, { cause: error });
        }
        await waitsAgain(id);
        if (meansNoSpace(error))
          throw new RetryLater(DISK_FULL_WAITS_MS, { code: 'disk-full', values: {} }, { cause: error });
        throw error;
      }
    }
    await context.onSettled(row.draft_id);
    return undefined;
  };
}

/** Returns the file's name in the episode's folder: one that no other file of the draft has. */
async function fileFor(db: Db, row: UploadRow, { kind, extension }: InspectedUpload): Promise<string> {
  const others = await db
    .selectFrom('uploads')
    .select('facts_json')
    .where('draft_id', '=', row.draft_id)
    .where('id', '!=', row.id)
    .execute();
  const { segments = [], files = [], cover } = (await contentOf(db, row)) ?? {};
  const named = [...segments, ...files].filter(({ upload }) => upload !== row.id).map(({ file }) => file);
  const taken = [...others.flatMap((other) => parseFacts(other)?.file ?? []), ...named, cover?.file ?? ''];
  return publishedName(row.name, kind, taken, extension);
}

async function voiceIn(db: Db, row: UploadRow): Promise<(typeof VOICES)[number]> {
  const content = await contentOf(db, row);
  return content?.segments.find(({ upload }) => upload === row.id)?.voice ?? 'auto';
}

async function contentOf(db: Db, { draft_id }: UploadRow): Promise<DraftContent | undefined> {
  const draft = await db
    .selectFrom('drafts')
    .select('content_json')
    .where('id', '=', draft_id)
    .executeTakeFirst();
  return draft && draftContent.parse(JSON.parse(draft.content_json));
}
