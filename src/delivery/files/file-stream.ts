import type { ServerResponse } from 'node:http';
import type { ByteRange } from '../ranges.ts';
import { CHUNK, giveBack, readChunk, takeBuffer } from './file-chunks.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';

/** How much one connection may send before the others have their turn, in bytes. */
const TURN = 1024 * 1024;

/** What a body is made of, in order: bytes at hand, or a range of the file. */
export type Piece = Buffer | ByteRange;

/**
 * Sends the pieces and ends the answer, whose head has been written. The next chunk is read only when the kernel has
 * taken the last one, so that a client that stops reading costs one chunk. Ends the connection when the file is
 * shorter than it was: what was promised by Content-Length cannot be sent any more, and the client must notice.
 * Gives back the reference to the file.
 */
export function streamFile(res: ServerResponse, files: OpenFiles, open: OpenFile, pieces: Piece[]): void {
  let piece = 0;
  let sentOfPiece = 0;
  let sentInTurn = 0;
  let over = false;

  const finish = () => {
    if (over) return;
    over = true;
    files.release(open);
  };
  res.once('close', finish);

  const step = () => {
    if (over) return;
    const current = pieces[piece];
    if (current === undefined) {
      res.end();
      finish();
      return;
    }
    if (sentInTurn >= TURN) {
      sentInTurn = 0;
      setImmediate(step);
      return;
    }
    if (Buffer.isBuffer(current)) {
      piece += 1;
      res.write(current, (error) => (error ? finish() : step()));
      return;
    }
    sendChunk(current);
  };

  const sendChunk = (range: ByteRange) => {
    const position = range.start + sentOfPiece;
    const length = Math.min(CHUNK, range.end + 1 - position);
    const buffer = takeBuffer();
    readChunk(open, buffer, position, length, (whole) => {
      if (over || !whole) {
        giveBack(buffer);
        if (!whole) files.forget(open);
        res.destroy();
        finish();
        return;
      }
      sentOfPiece += length;
      sentInTurn += length;
      if (position + length > range.end) {
        piece += 1;
        sentOfPiece = 0;
      }
      res.write(length === CHUNK ? buffer : buffer.subarray(0, length), (error) => {
        // Not given back after an error: the kernel may still be reading from it.
        if (error) return finish();
        giveBack(buffer);
        step();
      });
    });
  };

  step();
}
