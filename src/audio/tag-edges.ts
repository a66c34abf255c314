import type { FileWindow } from './file-window.ts';

/** Where the sound can begin: behind any ID3v2 tags at the head (ID3v2.4 §3.1). In bytes. */
export function soundStart(window: FileWindow): number {
  let start = 0;
  for (let tags = 0; tags < 8; tags++) {
    const head = window.bytes(start, 10);
    if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') break;
    const footer = ((head[5] ?? 0) & 0x10) !== 0 ? 10 : 0;
    start += 10 + syncsafe(head.subarray(6)) + footer;
  }
  return start;
}

/** Where the sound ends: before ID3v1, Lyrics3v2, APEv2 and ID3v2.4 tags at the end of the file. In bytes. */
export function soundEnd(window: FileWindow, start: number): number {
  let end = window.size;
  for (let tags = 0; tags < 8; tags++) {
    const length = tagLengthBefore(window, end);
    if (length === 0 || end - length < start) return end;
    end -= length;
  }
  return end;
}

function tagLengthBefore(window: FileWindow, end: number): number {
  const tail = window.bytes(Math.max(0, end - 128), Math.min(128, end));
  if (tail.length === 128 && tail.toString('latin1', 0, 3) === 'TAG') return 128;
  const text = tail.toString('latin1');
  if (text.endsWith('LYRICS200')) return Number(text.slice(-15, -9)) + 15 || 0;
  if (text.slice(-32, -24) === 'APETAGEX') {
    const footer = tail.subarray(-32);
    const header = footer.readUInt32LE(20) >>> 31 === 1 ? 32 : 0;
    return footer.readUInt32LE(12) + header;
  }
  if (text.slice(-10, -7) === '3DI') return syncsafe(tail.subarray(-4)) + 20;
  return 0;
}

function syncsafe(bytes: Uint8Array): number {
  return bytes.subarray(0, 4).reduce((value, byte) => value * 128 + (byte & 127), 0);
}
