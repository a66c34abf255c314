import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ProbeFailed } from './failures.ts';

const BLOCK = 64 * 1024;

/**
 * A file read through one block of memory. Reads are synchronous, because a million frames read through promises take
 * minutes; use it in a process or thread that has nothing else to do.
 */
export class FileWindow {
  readonly size: number;
  readonly #descriptor: number;
  readonly #deadline: number;
  #block: Buffer = Buffer.alloc(0);
  #blockStart = 0;

  /** Opens a regular file. `deadline` in milliseconds since 1970: later reads throw. Throws `ProbeFailed`. */
  constructor(path: string, deadline = Number.POSITIVE_INFINITY) {
    this.#deadline = deadline;
    this.#descriptor = open(path);
    const stat = fstatSync(this.#descriptor);
    if (!stat.isFile()) {
      this.close();
      throw new ProbeFailed('it is not a regular file');
    }
    this.size = stat.size;
  }

  /** Returns the bytes from `position`, fewer where the file ends. Valid until the next call. */
  bytes(position: number, length: number): Buffer {
    const start = position - this.#blockStart;
    if (start >= 0 && start + length <= this.#block.length)
      return this.#block.subarray(start, start + length);
    if (length > BLOCK) return this.#read(position, length);
    this.#block = this.#read(position, BLOCK);
    this.#blockStart = position;
    return this.#block.subarray(0, length);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #read(position: number, length: number): Buffer {
    if (Date.now() > this.#deadline) throw new ProbeFailed('it took too long');
    const wanted = Math.max(0, Math.min(length, this.size - position));
    const buffer = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const count = readSync(this.#descriptor, buffer, filled, wanted - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  }
}

function open(path: string): number {
  try {
    // Without O_NONBLOCK a named pipe would hold the thread for ever.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new ProbeFailed(`it cannot be read (${error instanceof Error ? error.message : error})`);
  }
}
