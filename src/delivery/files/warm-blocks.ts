const BLOCK = 64 * 1024;

/**
 * Which blocks of a file were read a moment ago, and so lie in the kernel's page cache. Reading those at once costs
 * a copy of memory; sending each through the thread pool costs several times as much and halves the throughput.
 * Blocks that are not known go through the pool, so that a cold disk never holds up the event loop.
 */
export class WarmBlocks {
  readonly #read: Uint8Array;

  /** `size` in bytes. */
  constructor(size: number) {
    this.#read = new Uint8Array(Math.ceil(size / BLOCK));
  }

  has(start: number, length: number): boolean {
    const last = Math.floor((start + length - 1) / BLOCK);
    for (let block = Math.floor(start / BLOCK); block <= last; block += 1) {
      if (this.#read[block] !== 1) return false;
    }
    return true;
  }

  /** A read of these bytes has ended: the kernel has the blocks' pages, also around the exact bytes. */
  add(start: number, length: number): void {
    this.#read.fill(1, Math.floor(start / BLOCK), Math.floor((start + length - 1) / BLOCK) + 1);
  }

  /** The kernel has dropped pages: believe nothing that was noted before. */
  clear(): void {
    this.#read.fill(0);
  }
}
