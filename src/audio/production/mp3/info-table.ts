import { readSync, writeSync } from 'node:fs';

/** Where the checksums stand behind the encoder's name in an Info table ("MP3 Info Tag rev 1": music CRC, info tag CRC). */
const MUSIC_CRC = 32;
const TABLE_CRC = 34;
const BLOCK = 1024 * 1024;

/**
 * Writes the checksums of an Info table anew, after the frames behind it were changed. `frame` holds the first frame, which
 * begins at byte 0 of the open file; `name` tells where in it the encoder's name stands.
 */
export function sealInfoTable(file: number, frame: Uint8Array, name: number): void {
  let music = 0;
  const block = Buffer.alloc(BLOCK);
  for (let at = frame.length; ; ) {
    const count = readSync(file, block, 0, BLOCK, at);
    if (count === 0) break;
    music = crc16(block.subarray(0, count), music);
    at += count;
  }
  const table = Buffer.from(frame);
  table.writeUInt16BE(music, name + MUSIC_CRC);
  table.writeUInt16BE(crc16(table.subarray(0, name + TABLE_CRC), 0), name + TABLE_CRC);
  writeSync(file, table, name + MUSIC_CRC, 4, name + MUSIC_CRC);
}

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xa001 : value >>> 1;
  return value;
});

function crc16(bytes: Uint8Array, start: number): number {
  let crc = start;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0);
  return crc;
}
