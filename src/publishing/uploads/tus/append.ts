import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { syncToDisk } from '../../../disk/sync-to-disk.ts';
import { takeLock } from '../../../jobs/locks.ts';
import { type Problem, Refused } from '../../../model/problem.ts';
import { completeUpload } from '../complete-upload.ts';
import { fileLength } from '../disk-space/file-length.ts';
import { type Reception, receiveBytes } from '../receive-bytes.ts';
import { type UploadContext, uploadLockName, uploadRow } from '../upload-context.ts';
import type { UploadRow } from '../upload-rows.ts';
import { BODY_TYPE, bodyLength, byteHeader, TusRefused, wrongHeader } from './protocol.ts';

/** For how long a second writer asks the first to end, before it is told that the upload is busy (ms). */
const WAITS_MS = 3_000;
/** A connection on which nothing came for this long gives way to another, since it may be dead (ms). */
const IDLE_MS = 1_000;

const BUSY: Problem = { code: 'upload-busy', values: {} };

/**
 * Writes the body of a PATCH request at the end of the upload's file. Returns the new length of the file;
 * `undefined` when the sender went away (the bytes that came are kept). Throws `Refused`.
 */
export async function append(
  context: UploadContext,
  req: IncomingMessage,
  row: UploadRow,
): Promise<number | undefined> {
  if (req.headers['content-type'] !== BODY_TYPE) throw wrongHeader('Content-Type', BODY_TYPE, 415);
  const offset = byteHeader(req, 'Upload-Offset');
  const coming = bodyLength(req);
  if (coming !== undefined && offset + coming > row.bytes) throw new Refused('upload-length-wrong');
  if (row.state !== 'arriving') {
    if (offset === row.bytes && coming === 0) return offset;
    throw new TusRefused(409, BUSY);
  }
  const { end, length } = await underLock(context, row, (signal, pulse) =>
    grow(context, req, row, { offset, signal, pulse }),
  );
  if (end === 'cut') return undefined;
  if (end === 'too-long') throw new Refused('upload-length-wrong');
  if (end === 'stopped') throw await reasonOfStop(context, row.id);
  return length;
}

/**
 * Returns the length of the upload's file once nobody writes to it any more. Throws `Refused`
 * (`upload-busy`).
 */
export function lengthWhenFree(context: UploadContext, row: UploadRow): Promise<number> {
  return underLock(context, row, async () => {
    const length = await presentLength(context, row);
    // The process that wrote the last byte may have ended before it handed the upload over.
    if (length === row.bytes) await completeUpload(context, row.id);
    return length;
  });
}

async function presentLength({ places }: UploadContext, row: UploadRow): Promise<number> {
  const length = await fileLength(places.source(row.id));
  if (length === undefined) throw new Refused('upload-expired');
  return length;
}

/**
 * Runs `work` as the only writer of an upload. `signal` is aborted when somebody else wants to write and
 * nothing has come for a while (`pulse` tells that something came), or when the lock is lost. Throws
 * `Refused` (`upload-busy`).
 */
async function underLock<T>(
  { records, now }: UploadContext,
  { id }: UploadRow,
  work: (signal: AbortSignal, pulse: () => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let cameAt = performance.now();
  const lock = await takeLock({
    records,
    name: uploadLockName(id),
    waits: WAITS_MS,
    mayYield: () => performance.now() - cameAt > IDLE_MS,
    onYield: () => controller.abort(),
    now,
  });
  if (lock === undefined) throw new Refused('upload-busy');
  try {
    return await work(controller.signal, () => {
      cameAt = performance.now();
    });
  } finally {
    await lock.release();
  }
}

async function grow(
  context: UploadContext,
  req: IncomingMessage,
  row: UploadRow,
  { offset, signal, pulse }: { offset: number; signal: AbortSignal; pulse: () => void },
): Promise<Reception> {
  const { places, records, space, now } = context;
  if ((await presentLength(context, row)) !== offset) throw new TusRefused(409, BUSY);
  await space.assertReserve();
  const path = places.source(row.id);
  const file = await open(path, 'r+');
  let reception: Reception;
  try {
    reception = await receiveBytes(req, file, {
      from: offset,
      most: row.bytes,
      signal,
      owns: true,
      onPiece: pulse,
      checkpoint: space.assertReserve,
    });
    // In a body with too many bytes nobody can tell which of them are meant.
    if (reception.end === 'too-long') {
      await file.truncate(offset);
      reception.length = offset;
    }
    if (reception.length === row.bytes) await file.sync();
  } finally {
    await file.close();
  }
  if (reception.length === row.bytes) {
    await syncToDisk(places.uploads);
    await completeUpload(context, row.id);
  } else {
    const grown = { received: reception.length, updated_at: now() };
    await records.db.updateTable('uploads').set(grown).where('id', '=', row.id).execute();
  }
  return reception;
}

async function reasonOfStop({ records }: UploadContext, id: string): Promise<Refused> {
  const row = await uploadRow(records.db, id);
  return new Refused(row?.state === 'arriving' ? 'upload-busy' : 'upload-expired');
}
