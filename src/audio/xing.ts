import type { FileWindow } from './file-window.ts';
import { mpegFrame } from './mpeg-frames.ts';

/** What an encoder wrote into the first frame of an MP3. `bytes` from that frame on; `trimmed` samples are not sound. */
export type FirstFrameTable = { frames?: number; bytes?: number; trimmed: number; frameBytes: number };

/**
 * Reads the Xing, Info or VBRI table of the frame at `start`; `undefined` when it has none.
 * Layouts: LAME's "MP3 Info Tag rev 1" and Fraunhofer's VBRI, which always stands 32 bytes behind the header.
 */
export function firstFrameTable(window: FileWindow, start: number): FirstFrameTable | undefined {
  const head = window.bytes(start, 4);
  const frame = mpegFrame(head);
  if (!frame) return undefined;
  const body = window.bytes(start, frame.bytes);
  const at = 4 + frame.sideInfo;
  const mark = body.toString('latin1', at, at + 4);
  if (mark === 'Xing' || mark === 'Info') return xing(body.subarray(at), frame.bytes);
  if (body.toString('latin1', 36, 40) === 'VBRI' && body.length >= 54) {
    return {
      bytes: body.readUInt32BE(46),
      frames: body.readUInt32BE(50),
      trimmed: 0,
      frameBytes: frame.bytes,
    };
  }
  return undefined;
}

function xing(body: Buffer, frameBytes: number): FirstFrameTable {
  const table: FirstFrameTable = { trimmed: 0, frameBytes };
  if (body.length < 16) return table;
  const flags = body.readUInt32BE(4);
  let at = 8;
  if (flags & 1) {
    table.frames = body.readUInt32BE(at);
    at += 4;
  }
  if (flags & 2) {
    table.bytes = body.readUInt32BE(at);
    at += 4;
  }
  if (flags & 4) at += 100;
  if (flags & 8) at += 4;
  // The encoder's name (9 bytes), then 12 bytes of settings, then delay and padding in 12 bits each.
  if (/^(LAME|Lavc|Lavf|GOGO)/.test(body.toString('latin1', at, at + 4)) && body.length >= at + 24) {
    const both = body.readUIntBE(at + 21, 3);
    table.trimmed = (both >> 12) + (both & 0xfff);
  }
  return table;
}
