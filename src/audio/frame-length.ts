import type { Found } from './container.ts';
import { ProbeFailed } from './failures.ts';
import type { FileWindow } from './file-window.ts';
import { adtsFrame, FRAME_HEAD, type FrameReader, frameChain, mpegFrame } from './mpeg-frames.ts';
import { firstFrameTable } from './xing.ts';

/** Measured from the frames themselves. `bitrate` in bit/s, on average; `sampleRate` in Hz. */
export type FrameLength = { seconds: number; bitrate: number; channels: number; sampleRate: number };

/**
 * Measures an MP3 or ADTS stream. An MP3's own table is believed when the bytes it counts are the bytes that are
 * there (joined and trimmed files carry the table of another recording); else every frame is read.
 */
export function frameLength(window: FileWindow, found: Found): FrameLength {
  const read = found.container === 'aac' ? adtsFrame : mpegFrame;
  const first = read(window.bytes(found.start, FRAME_HEAD));
  if (!first) throw new ProbeFailed('it has no frame where one was found');
  const table = found.container === 'mp3' ? firstFrameTable(window, found.start) : undefined;
  const bytes = found.end - found.start;
  const { channels, sampleRate } = first;
  const told = table?.frames && table.bytes ? table.frames * first.samples - table.trimmed : 0;
  const seconds =
    told > 0 && Math.abs((table?.bytes ?? 0) - bytes) <= Math.max(4096, bytes / 1000)
      ? told / sampleRate
      : walk(window, read, found.start + (table?.frameBytes ?? 0), found.end);
  return { seconds, bitrate: seconds > 0 ? Math.round((bytes * 8) / seconds) : 0, channels, sampleRate };
}

function walk(window: FileWindow, read: FrameReader, start: number, end: number): number {
  let seconds = 0;
  let at = start;
  while (at < end) {
    const chain = frameChain(window, read, at, end, Number.POSITIVE_INFINITY);
    seconds += chain.seconds;
    if (chain.cut || chain.whole) break;
    // Between joined files lie tags and junk: go on at the next frame that another one follows.
    const resumed = resume(window, read, chain.frames > 0 ? chain.next : at + 1, end);
    if (resumed === undefined) break;
    at = resumed + (read === mpegFrame ? (firstFrameTable(window, resumed)?.frameBytes ?? 0) : 0);
  }
  return seconds;
}

function resume(window: FileWindow, read: FrameReader, from: number, end: number): number | undefined {
  for (let start = from; start < end; start += 32 * 1024) {
    const block = Buffer.from(window.bytes(start, Math.min(32 * 1024, end - start)));
    for (let at = block.indexOf(0xff); at !== -1; at = block.indexOf(0xff, at + 1)) {
      if (frameChain(window, read, start + at, end, 2).whole) return start + at;
    }
  }
  return undefined;
}
