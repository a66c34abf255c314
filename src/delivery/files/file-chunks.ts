import { read, readSync } from 'node:fs';
import type { OpenFile } from './open-files.ts';

/** The most that one connection holds of a file in this process, in bytes. */
export const CHUNK = 64 * 1024;
const KEPT = 64;
/** A read from memory takes microseconds; one that takes longer came from the disk (ms). */
const SLOW = 2;

const free: Buffer[] = [];

/** A buffer of `CHUNK` bytes. The one given back last is handed out first: it is still in the processor's cache. */
export function takeBuffer(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(CHUNK);
}

export function giveBack(buffer: Buffer): void {
  if (free.length < KEPT) free.push(buffer);
}

/**
 * Reads `length` bytes at `position`, at once where they lie in memory, else through the thread pool.
 * Calls `done` with whether all of them were there: they are not when the file was shortened or the disk failed.
 */
export function readChunk(
  file: OpenFile,
  buffer: Buffer,
  position: number,
  length: number,
  done: (whole: boolean) => void,
): void {
  if (file.warm.has(position, length)) {
    done(readAtOnce(file, buffer, position, length));
    return;
  }
  read(file.fd, buffer, 0, length, position, (error, bytesRead) => {
    const whole = error === null && bytesRead === length;
    if (whole) file.warm.add(position, length);
    done(whole);
  });
}

function readAtOnce(file: OpenFile, buffer: Buffer, position: number, length: number): boolean {
  const startedAt = performance.now();
  try {
    return readSync(file.fd, buffer, 0, length, position) === length;
  } catch {
    return false;
  } finally {
    if (performance.now() - startedAt > SLOW) file.warm.clear();
  }
}
