import type { FileWindow } from './file-window.ts';

/** What the four bytes before each MPEG audio frame say. `bytes` counts the header in. */
export type MpegFrame = {
  layer: 1 | 2 | 3;
  sampleRate: number;
  channels: 1 | 2;
  samples: number;
  bytes: number;
  /** Bytes between the header and where a Xing frame has its mark. */
  sideInfo: number;
};

// ISO 11172-3 2.4.2.3 and ISO 13818-3: kbit/s by index, for layers I, II, III of MPEG-1, then I and II/III of MPEG-2.
const V1L1 = [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const V1L2 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const V1L3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const V2L1 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const V2L23 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const V1_RATES = [44100, 48000, 32000];

/** Reads a frame header; `undefined` when the bytes are none (or of the free format, whose length is not written). */
export function mpegFrame(head: Uint8Array): MpegFrame | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || head.length < 4) return undefined;
  const version = (second >> 3) & 3;
  const layerBits = (second >> 1) & 3;
  if (version === 1 || layerBits === 0) return undefined;
  const layer = layerBits === 3 ? 1 : layerBits === 2 ? 2 : 3;
  const isVersion1 = version === 3;
  const rates = isVersion1 ? (layer === 1 ? V1L1 : layer === 2 ? V1L2 : V1L3) : layer === 1 ? V2L1 : V2L23;
  const bitrate = (rates[third >> 4] ?? 0) * 1000;
  const baseRate = V1_RATES[(third >> 2) & 3];
  if (bitrate === 0 || baseRate === undefined) return undefined;
  const sampleRate = isVersion1 ? baseRate : version === 2 ? baseRate / 2 : baseRate / 4;
  const padding = (third >> 1) & 1;
  const channels = fourth >> 6 === 3 ? 1 : 2;
  const samples = layer === 1 ? 384 : layer === 3 && !isVersion1 ? 576 : 1152;
  const bytes =
    layer === 1
      ? (Math.floor((12 * bitrate) / sampleRate) + padding) * 4
      : Math.floor(((samples / 8) * bitrate) / sampleRate) + padding;
  const sideInfo = isVersion1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { layer, sampleRate, channels, samples, bytes, sideInfo };
}

/** An AAC frame of an ADTS stream (ISO 13818-7 6.2). */
export type AdtsFrame = { sampleRate: number; channels: number; samples: number; bytes: number };

const ADTS_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** Reads an ADTS header (7 bytes); `undefined` when the bytes are none. */
export function adtsFrame(head: Uint8Array): AdtsFrame | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0] = head;
  if (first !== 0xff || (second & 0xf6) !== 0xf0 || head.length < 7) return undefined;
  const sampleRate = ADTS_RATES[(third >> 2) & 15];
  const bytes = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
  if (sampleRate === undefined || bytes < 7) return undefined;
  const channels = ((third & 1) << 2) | (fourth >> 6);
  return { sampleRate, channels, samples: 1024 * ((seventh & 3) + 1), bytes };
}

export type FrameReader = (
  head: Uint8Array,
) => { sampleRate: number; samples: number; bytes: number } | undefined;

/** The longest header that a `FrameReader` wants, in bytes. */
export const FRAME_HEAD = 7;

/**
 * Where the first frame begins at or after `from`, within 64 KiB: a place from which two more frames follow, or the
 * file ends. `undefined` when there is none.
 */
export function firstFrame(
  window: FileWindow,
  read: FrameReader,
  from: number,
  end: number,
): number | undefined {
  const block = Buffer.from(window.bytes(from, Math.min(64 * 1024, Math.max(0, end - from))));
  for (let at = block.indexOf(0xff); at !== -1; at = block.indexOf(0xff, at + 1)) {
    if (frameChain(window, read, from + at, end, 3).whole) return from + at;
  }
  return undefined;
}

/**
 * Follows frames from `at`. Returns how many are there in full (at most `limit`), the seconds in them,
 * where the next would begin, and whether the chain was followed as far as asked or exactly to `end`.
 */
export function frameChain(
  window: FileWindow,
  read: FrameReader,
  at: number,
  end: number,
  limit: number,
): { frames: number; seconds: number; next: number; whole: boolean; cut: boolean } {
  let frames = 0;
  let samples = 0;
  let next = at;
  let rate = 0;
  const seconds = () => (rate === 0 ? 0 : samples / rate);
  while (frames < limit && next < end) {
    const frame = read(window.bytes(next, Math.min(FRAME_HEAD, end - next)));
    if (!frame || (rate !== 0 && frame.sampleRate !== rate))
      return { frames, seconds: seconds(), next, whole: false, cut: false };
    if (next + frame.bytes > end) return { frames, seconds: seconds(), next, whole: false, cut: true };
    rate = frame.sampleRate;
    samples += frame.samples;
    next += frame.bytes;
    frames++;
  }
  return { frames, seconds: seconds(), next, whole: frames > 0, cut: false };
}
