import type { Found } from './container.ts';
import type { FileWindow } from './file-window.ts';

const MOST_BYTES = 512 * 1024;

/**
 * Tells whether a FLAC file's last frame is there in full and is the one that STREAMINFO's count of samples ends
 * with (RFC 9639 §8.2, §9.1). Only when the file carries both numbers; else `unknown`.
 */
export function flacWholeness(window: FileWindow, { start, end }: Found): 'whole' | 'cut' | 'unknown' {
  const info = Buffer.from(window.bytes(start + 8, 34));
  if (info.length < 34) return 'cut';
  const blockSize = info.readUInt16BE(0);
  const isFixed = blockSize === info.readUInt16BE(2);
  const longestFrame = info.readUIntBE(7, 3);
  const total = ((info[13] ?? 0) & 15) * 2 ** 32 + info.readUInt32BE(14);
  if (total === 0 || longestFrame === 0 || longestFrame > MOST_BYTES || !isFixed) return 'unknown';
  const from = Math.max(start, end - longestFrame);
  const tail = Buffer.from(window.bytes(from, end - from));
  const lastNumber = Math.ceil(total / blockSize) - 1;
  for (let at = tail.indexOf(0xff); at !== -1; at = tail.indexOf(0xff, at + 1)) {
    const number = frameNumber(tail.subarray(at, at + 16));
    if (number === lastNumber && crc(tail.subarray(at), 16, 0x8005) === 0) return 'whole';
  }
  return 'cut';
}

/** The number of the frame whose header this is (fixed block size); `undefined` when it is none, by its own CRC. */
function frameNumber(head: Buffer): number | undefined {
  if (((head[1] ?? 0) & 0xfe) !== 0xf8) return undefined;
  const lead = head[4] ?? 0;
  // The number is coded like UTF-8, up to seven bytes.
  const ones = Math.clz32(~(lead << 24));
  const length = ones === 0 ? 1 : ones;
  let number = ones === 0 ? lead : lead & (0x7f >> ones);
  for (const byte of head.subarray(5, 4 + length)) number = number * 64 + (byte & 63);
  const sizeBits = (head[2] ?? 0) >> 4;
  const rateBits = (head[2] ?? 0) & 15;
  const extra = (sizeBits === 6 ? 1 : sizeBits === 7 ? 2 : 0) + (rateBits === 12 ? 1 : rateBits > 12 ? 2 : 0);
  return crc(head.subarray(0, 5 + length + extra), 8, 0x07) === 0 ? number : undefined;
}

function crc(bytes: Uint8Array, width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1);
  let value = 0;
  for (const byte of bytes) {
    value ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) {
      value = ((value << 1) ^ (value & top ? polynomial : 0)) & (2 * top - 1);
    }
  }
  return value;
}
