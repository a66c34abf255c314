import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';

export type Reception = {
  /** The length of the file now; every byte before it was written. */
  length: number;
  /**
   * `cut`: the sender went away. `too-long`: too many bytes came; the piece that went beyond was not written.
   */
  end: 'whole' | 'cut' | 'too-long' | 'stopped';
};

export type ReceivingOptions = {
  /** The present length of the file. */
  from: number;
  /** The length that it must not exceed. */
  most: number;
  /** Ends the reception when aborted; the bytes so far are written. */
  signal?: AbortSignal;
  /** Whether the source's pieces are ours alone: then their memory is freed as soon as they are written. */
  owns?: boolean;
  /** Called when a piece has come. */
  onPiece?: () => void;
  /** Called about every 64 MB with the file's length. An error that it throws ends the reception. */
  checkpoint?: (length: number) => Promise<void>;
};

/** The most bytes held in memory; beyond that the sender waits for the disk. */
const MOST_HELD = 2 * 1024 * 1024;
/** The file is synced after this many bytes, so that little is left to sync at the end. */
const STORES_BYTES = 64 * 1024 * 1024;

/**
 * Appends what comes to a file until the source ends, in whatever way. The next piece is received while one
 * is written. Bytes before a cut are kept; the caller syncs the file. Throws what `node:fs` throws.
 */
export async function receiveBytes(
  source: Readable,
  file: FileHandle,
  options: ReceivingOptions,
): Promise<Reception> {
  const { signal, checkpoint } = options;
  let length = options.from;
  let announced = options.from;
  let stored = options.from;
  let pieces: Buffer[] = [];
  let held = 0;
  let end: Reception['end'] | undefined;
  let failure: { error: unknown } | undefined;
  let writing: Promise<void> | undefined;
  let storing: Promise<void> | undefined;
  const { promise: ended, resolve } = Promise.withResolvers<void>();

  function finish(how: Reception['end']): void {
    if (end !== undefined) return;
    end = how;
    source.off('data', take);
    source.pause();
    resolve();
  }

  function fail(error: unknown): void {
    failure ??= { error };
    finish('stopped');
  }

  function take(piece: Buffer): void {
    announced += piece.length;
    if (announced > options.most) {
      finish('too-long');
      return;
    }
    options.onPiece?.();
    pieces.push(piece);
    held += piece.length;
    if (held > MOST_HELD) source.pause();
    writing ??= write()
      .catch(fail)
      .finally(() => {
        writing = undefined;
      });
  }

  async function write(): Promise<void> {
    while (pieces.length > 0 && failure === undefined) {
      const batch = pieces;
      pieces = [];
      held = 0;
      if (end === undefined && source.isPaused()) source.resume();
      length += await writeAll(file, batch, length);
      if (options.owns) batch.forEach(giveBack);
      if (length - stored < STORES_BYTES) continue;
      stored = length;
      await checkpoint?.(length);
      storing ??= file
        .datasync()
        .catch(fail)
        .finally(() => {
          storing = undefined;
        });
    }
  }

  const onEnd = () => finish('whole');
  const onCut = () => finish('cut');
  const onStop = () => finish('stopped');
  source.on('data', take).once('end', onEnd).once('close', onCut).on('error', onCut);
  signal?.addEventListener('abort', onStop);
  if (signal?.aborted) onStop();
  if (source.destroyed) onCut();
  await ended;
  signal?.removeEventListener('abort', onStop);
  source.off('end', onEnd).off('close', onCut);
  await writing;
  await storing;
  if (failure !== undefined) throw failure.error;
  return { length, end: end ?? 'cut' };
}

/**
 * Writes the pieces at a place of the file. Returns how many bytes they have. Throws when the disk takes no
 * more.
 */
async function writeAll(file: FileHandle, pieces: Buffer[], position: number): Promise<number> {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  let { bytesWritten } = await file.writev(pieces, position);
  if (bytesWritten === bytes) return bytes;
  // A disk that is nearly full takes only a part; writing the rest throws the reason.
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  for (let done = 0; done < rest.length; done += bytesWritten)
    ({ bytesWritten } = await file.write(
      rest,
      done,
      rest.length - done,
      position + bytes - rest.length + done,
    ));
  return bytes;
}

/**
 * Frees a piece's memory at once. The garbage collector would hold some 80 MB of written pieces while a large
 * file comes in.
 */
function giveBack(piece: Buffer): void {
  if (piece.buffer instanceof ArrayBuffer && piece.byteLength === piece.buffer.byteLength)
    piece.buffer.transfer(0);
}
