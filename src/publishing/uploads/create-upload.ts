import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { syncToDisk } from '../../disk/sync-to-disk.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import type { Db } from '../../records/records.ts';
import { diskError } from '../disk-full.ts';
import { byteWords } from './disk-space/disk-space.ts';
import { receiveBytes } from './receive-bytes.ts';
import { noteRefusal } from './refuse-upload.ts';
import { safeName } from './safe-name.ts';
import { MOST_UNFINISHED, type UploadContext, uploadRow } from './upload-context.ts';
import type { UploadRow } from './upload-rows.ts';

/** A file to be uploaded, before its first byte. `bytes`: its length, where that is known. */
export type AnnouncedFile = { draft: string; name: string; bytes?: number };

/** Throws `Refused` (`upload-too-large`). */
export function assertSize({ maxBytes }: Pick<UploadContext, 'maxBytes'>, bytes: number): void {
  if (bytes > maxBytes)
    throw new Refused('upload-too-large', { size: byteWords(bytes), most: byteWords(maxBytes) });
}

/** Records in the journal why a file is refused, where that is of interest, and rethrows the error. */
export async function notingRefusal<T>(
  context: UploadContext,
  actor: Actor,
  file: Pick<AnnouncedFile, 'draft' | 'name'>,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const refused = diskError(error);
    if (refused instanceof Refused && NOTED.has(refused.problem.code)) {
      const entry = { ...file, name: safeName(file.name), problem: refused.problem };
      // On a full disk even this cannot be written.
      await noteRefusal(context.records.db, context.now(), actor, entry).catch(() => undefined);
    }
    throw error;
  }
}

const NOTED = new Set<string>([
  'upload-too-large',
  'upload-no-room',
  'upload-length-wrong',
  'too-many-uploads',
  'disk-full',
]);

/**
 * Begins an upload whose bytes come later. Throws `Refused` (`not-found`, `not-allowed`, `upload-too-large`,
 * `upload-no-room`, `too-many-uploads`).
 */
export function createUpload(
  context: UploadContext,
  actor: Actor,
  file: AnnouncedFile & { bytes: number },
): Promise<UploadRow> {
  return notingRefusal(context, actor, file, begin(context, actor, file));
}

async function begin(
  context: UploadContext,
  actor: Actor,
  file: AnnouncedFile & { bytes: number },
): Promise<UploadRow> {
  const { records, places, space } = context;
  await context.assertMayUpload(actor, file.draft);
  assertSize(context, file.bytes);
  const id = randomUUID();
  // The file is made before the row, since a row without a file means that its bytes are gone.
  await (await open(places.source(id), 'wx')).close();
  try {
    return await space.whenFits(file.bytes, () =>
      records.write(async (db) => {
        await assertFew(db, actor);
        return insert(context, db, actor, { ...file, id, state: 'arriving' });
      }),
    );
  } catch (error) {
    await rm(places.source(id), { force: true });
    throw error;
  }
}

async function assertFew(db: Db, actor: Actor): Promise<void> {
  const { unfinished } = await db
    .selectFrom('uploads')
    .select(({ fn }) => fn.countAll<number>().as('unfinished'))
    .where('owner_id', '=', actor.id)
    .where('state', '=', 'arriving')
    .executeTakeFirstOrThrow();
  if (unfinished >= MOST_UNFINISHED) throw new Refused('too-many-uploads', { most: String(MOST_UNFINISHED) });
}

async function insert(
  { now }: UploadContext,
  db: Db,
  actor: Actor,
  file: AnnouncedFile & { id: string; bytes: number; state: 'arriving' | 'waiting' },
): Promise<UploadRow> {
  const draft = await db.selectFrom('drafts').select('id').where('id', '=', file.draft).executeTakeFirst();
  if (draft === undefined) throw new Refused('not-found');
  const isWhole = file.state === 'waiting';
  return db
    .insertInto('uploads')
    .values({
      id: file.id,
      draft_id: file.draft,
      owner_id: actor.id,
      name: safeName(file.name),
      bytes: file.bytes,
      received: isWhole ? file.bytes : 0,
      kind: 'unknown',
      state: file.state,
      created_at: now(),
      updated_at: now(),
      finished_at: isWhole ? now() : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export type WholeFile = { name: string; bytes?: number; data: AsyncIterable<Uint8Array> | Uint8Array };

/**
 * Receives a whole file and adds the job that examines it. Throws `Refused` as `createUpload` does, and with
 * `upload-length-wrong`, `disk-full`; then nothing of the file stays.
 */
export function takeWholeFile(
  context: UploadContext,
  actor: Actor,
  draft: string,
  file: WholeFile,
): Promise<UploadRow> {
  const announced = { draft, name: file.name, bytes: file.bytes };
  return notingRefusal(context, actor, announced, take(context, actor, announced, file.data));
}

async function take(
  context: UploadContext,
  actor: Actor,
  announced: AnnouncedFile,
  data: WholeFile['data'],
): Promise<UploadRow> {
  const { records, jobs, places } = context;
  const { draft, bytes: expected = 0 } = announced;
  await context.assertMayUpload(actor, draft);
  assertSize(context, expected);
  await context.space.assertFor(expected);
  const id = randomUUID();
  try {
    const bytes = await write(context, id, data, announced.bytes);
    return await records.write(async (db) => {
      const row = await insert(context, db, actor, { ...announced, id, bytes, state: 'waiting' });
      await jobs.add('examine', id, {}, db);
      return (await uploadRow(db, row.id)) ?? row;
    });
  } catch (error) {
    await rm(places.source(id), { force: true });
    throw diskError(error);
  }
}

/** Returns the length of what was written. */
async function write(
  { maxBytes, space, places }: UploadContext,
  id: string,
  data: WholeFile['data'],
  bytes: number | undefined,
): Promise<number> {
  const file = await open(places.source(id), 'wx');
  try {
    const source = streamOf(data);
    const most = bytes ?? maxBytes;
    const { length, end } = await receiveBytes(source, file, {
      from: 0,
      most,
      checkpoint: space.assertReserve,
    });
    if (end === 'too-long' && bytes === undefined)
      throw new Refused('upload-too-large', { size: `> ${byteWords(most)}`, most: byteWords(most) });
    if (end !== 'whole' || (bytes !== undefined && length !== bytes))
      throw new Refused('upload-length-wrong');
    await file.sync();
    await syncToDisk(places.uploads);
    return length;
  } finally {
    await file.close();
  }
}

const streamOf = (data: WholeFile['data']): Readable =>
  data instanceof Readable
    ? data
    : Readable.from(data instanceof Uint8Array ? [data] : data, { objectMode: false });
