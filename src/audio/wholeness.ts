import { type Container, detectContainer, type Found } from './container.ts';
import { FileWindow } from './file-window.ts';
import { flacWholeness } from './flac-end.ts';
import { adtsFrame, type FrameReader, frameChain, mpegFrame } from './mpeg-frames.ts';
import { soundStart } from './tag-edges.ts';
import { firstFrameTable } from './xing.ts';

/** `cut`: still being copied, or cut off. `unknown`: the container's own lengths do not tell. */
export type Wholeness = 'whole' | 'cut' | 'unknown';

/**
 * Tells from the container's own lengths, in few reads, whether all of an audio file is there. What is not audio is
 * `unknown`, a file without bytes, or one whose tags at the head go past its end, is `cut`. Throws `ProbeFailed` when
 * it cannot be read.
 */
export async function isWhole(path: string): Promise<Wholeness> {
  const window = new FileWindow(path);
  try {
    if (window.size === 0 || soundStart(window) >= window.size) return 'cut';
    const found = detectContainer(window);
    return found ? RULES[found.container](window, found) : 'unknown';
  } finally {
    window.close();
  }
}

const RULES: Record<Container, (window: FileWindow, found: Found) => Wholeness> = {
  mp3: mp3Wholeness,
  aac: (window, found) => lastFrames(window, adtsFrame, found),
  mp4: mp4Wholeness,
  ogg: oggWholeness,
  flac: flacWholeness,
  wav: (window, found) => chunkWholeness(window.size, window.bytes(found.start, 8).readUInt32LE(4)),
  aiff: (window, found) => chunkWholeness(window.size, window.bytes(found.start, 8).readUInt32BE(4)),
  webm: () => 'unknown',
};

function mp3Wholeness(window: FileWindow, found: Found): Wholeness {
  const told = firstFrameTable(window, found.start)?.bytes;
  // Encoders do not agree whether the table's own frame is counted in.
  const LONGEST_FRAME = 2 * 1441;
  if (told !== undefined && found.start + told > found.end + LONGEST_FRAME) return 'cut';
  return lastFrames(window, mpegFrame, found);
}

const TAIL = 32 * 1024;

/** Looks in the last 32 KiB for frames that follow each other up to the end, zeros behind them allowed. */
function lastFrames(window: FileWindow, read: FrameReader, { start, end }: Found): Wholeness {
  const from = Math.max(start, end - TAIL);
  const tail = Buffer.from(window.bytes(from, end - from));
  // A copy whose room was taken in advance has its full length and zeros where the sound will be.
  if (isZero(tail)) return 'cut';
  for (let at = tail.indexOf(0xff); at !== -1; at = tail.indexOf(0xff, at + 1)) {
    const chain = frameChain(window, read, from + at, end, Number.POSITIVE_INFINITY);
    if (chain.whole) return 'whole';
    if (chain.frames < 3 && !(at === 0 && from === start)) continue;
    if (chain.cut) return 'cut';
    const rest = tail.subarray(chain.next - from);
    if (isZero(rest)) return 'whole';
    // Fewer bytes than a header has, that begin like one.
    if (rest.length < 7 && rest[0] === 0xff) return 'cut';
  }
  return 'unknown';
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** ISO 14496-12 4.2: boxes with their length in front, one after the other to the end of the file. */
function mp4Wholeness(window: FileWindow, found: Found): Wholeness {
  const seen = new Set<string>();
  let at = found.start;
  for (let boxes = 0; at < window.size; boxes++) {
    const head = window.bytes(at, 16);
    if (head.length < 8) return 'cut';
    const type = head.toString('latin1', 4, 8);
    if (boxes > 100_000 || !/^[ -~\xa9]{4}$/.test(type))
      return seen.has('moov') && seen.has('mdat') ? 'unknown' : 'cut';
    seen.add(type);
    const short = head.readUInt32BE(0);
    if (short === 1 && head.length < 16) return 'cut';
    const length = short === 0 ? window.size - at : short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8) return 'unknown';
    at += length;
    if (at > window.size) return 'cut';
  }
  return seen.has('moov') && seen.has('mdat') ? 'whole' : 'cut';
}

// RIFF and FORM count what stands behind their own length. A recorder that is still at work has written 0 or the most.
function chunkWholeness(size: number, told: number): Wholeness {
  if (told === 0 || told >= 0xffffff00) return 'unknown';
  return told + 8 <= size ? 'whole' : 'cut';
}

/** RFC 3533 §6: the last page has its length in its segment table, and the end-of-stream flag. */
function oggWholeness(window: FileWindow, found: Found): Wholeness {
  // A page has at most 65 307 bytes.
  const from = Math.max(found.start, window.size - 65_536);
  const tail = Buffer.from(window.bytes(from, window.size - from));
  const at = tail.lastIndexOf('OggS');
  const page = tail.subarray(Math.max(0, at));
  const segments = page[26];
  if (at === -1 || segments === undefined || page.length < 27 + segments)
    return at === -1 ? 'unknown' : 'cut';
  const body = page.subarray(27, 27 + segments).reduce((sum, length) => sum + length, 0);
  const excess = page.length - 27 - segments - body;
  if (excess < 0) return 'cut';
  const isLast = ((page[5] ?? 0) & 4) !== 0;
  return isLast ? 'whole' : 'unknown';
}
