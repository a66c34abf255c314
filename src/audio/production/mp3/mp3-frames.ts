import type { Found } from '../../container.ts';
import type { FileWindow } from '../../file-window.ts';
import { mpegFrame } from '../../mpeg-frames.ts';
import { firstFrameTable } from '../../xing.ts';

/** Samples of an MPEG-1 layer III frame; it is made of two granules. */
export const FRAME_SAMPLES = 1152;

/** The frames of an MP3 that hold sound, one behind the other without a gap. */
export type Mp3Frames = {
  channels: 1 | 2;
  /** Where each begins (bytes), and where the last ends. */
  starts: Uint32Array;
  /** All frames have the same bitrate. */
  isConstant: boolean;
};

/**
 * Reads all frame headers of an MPEG-1 layer III stream of this rate (Hz). Returns `undefined` when it is another stream,
 * changes in the middle, or is interrupted.
 */
export function readFrames(window: FileWindow, { start, end }: Found, rate: number): Mp3Frames | undefined {
  const first = mpegFrame(window.bytes(start, 4));
  if (!first) return undefined;
  let at = start + (firstFrameTable(window, start)?.frameBytes ?? 0);
  const starts = new Uint32Array(Math.ceil((end - at) / SHORTEST_FRAME) + 2);
  let count = 0;
  let bitrate: number | undefined;
  let isConstant = true;
  while (at < end) {
    const head = window.bytes(at, 4);
    const frame = mpegFrame(head);
    const isLike =
      frame &&
      frame.layer === 3 &&
      frame.samples === FRAME_SAMPLES &&
      frame.sampleRate === rate &&
      frame.channels === first.channels;
    if (!isLike || at + frame.bytes > end) return undefined;
    bitrate ??= bitrateBits(head);
    isConstant &&= bitrate === bitrateBits(head);
    starts[count] = at;
    count++;
    at += frame.bytes;
  }
  if (count === 0) return undefined;
  starts[count] = at;
  return {
    channels: first.channels,
    starts: starts.slice(0, count + 1),
    isConstant,
  };
}

/** 32 kbit/s at 48 kHz (bytes). */
const SHORTEST_FRAME = 96;

const bitrateBits = (head: Uint8Array): number => (head[2] ?? 0) >> 4;
