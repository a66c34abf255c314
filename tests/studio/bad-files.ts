import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { encodedFixture } from '../fixtures/audio.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** A PNG of one colour, a few kilobytes on the disk and `side` × `side` in memory (1 bit a pixel: PNG, section 11.2.1). */
export function pictureBomb(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** Two seconds of a tone, as an encoder makes them. */
export const TONE_MP3 = readFileSync(encodedFixture('vbr.mp3'));

/** The same behind an ID3v2.4 tag of one frame: a comment of so many letters, or a picture. */
export const withComment = (letters: number): Buffer =>
  behindTag('COMM', [Buffer.from('\x03ita\0'), Buffer.alloc(letters, 'x')]);
export const withPicture = (png: Buffer): Buffer =>
  behindTag('APIC', [Buffer.from('\x03image/png\0\x03\0', 'latin1'), png]);

function behindTag(frame: string, body: Buffer[]): Buffer {
  const length = body.reduce((sum, { length: bytes }) => sum + bytes, 0);
  return Buffer.concat([
    Buffer.from('ID3\x04\0\0', 'latin1'),
    syncsafe(length + 10),
    Buffer.from(frame, 'latin1'),
    syncsafe(length),
    Buffer.alloc(2),
    ...body,
    TONE_MP3,
  ]);
}

/** Seven bits a byte (ID3v2.4.0-structure, section 6.2). */
const syncsafe = (value: number): Buffer =>
  Buffer.of((value >> 21) & 127, (value >> 14) & 127, (value >> 7) & 127, value & 127);
