import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { WarmBlocks } from './warm-blocks.ts';

/** There is no such file, or what is there is no regular file, or it may not be read. */
export class FileGone extends Error {
  override name = 'FileGone';
}

/** A regular file held open. Whoever sends it holds a reference, so that it is closed only when nobody does. */
export type OpenFile = {
  path: string;
  fd: number;
  size: number;
  /** Strong: size, mtime (ns) and inode; another file under the same name has another. */
  etag: string;
  /** Seconds since 1970. */
  modifiedAt: number;
  warm: WarmBlocks;
  handle: FileHandle;
  /** Differs for whatever else may come to lie under the path. */
  identity: string;
  checkedAt: number;
  users: number;
  /** No longer in the list: closed when the last user gives it back. */
  dropped: boolean;
};

const MAX_OPEN = 256;
/** How old a look at the disk may be: a replaced file is noticed within this time (ms). */
const CHECK_EVERY = 1000;

/**
 * Files kept open between requests: opening and asking for the status cost more than sending a small range.
 * A replaced, overwritten or deleted file is noticed within a second of the next request for it.
 */
export class OpenFiles {
  readonly #opening = new Map<string, Promise<OpenFile>>();
  readonly #entries: LRUCache<string, OpenFile>;

  constructor(maxOpen = MAX_OPEN) {
    this.#entries = new LRUCache({
      max: maxOpen,
      dispose: (entry) => {
        entry.dropped = true;
        if (entry.users === 0) closeQuietly(entry.handle);
      },
    });
  }

  /** Returns the open file with a reference to it, if the last look at it is recent enough; else `undefined`. */
  acquireKnown(path: string): OpenFile | undefined {
    const entry = this.#entries.get(path);
    if (entry === undefined || performance.now() - entry.checkedAt > CHECK_EVERY) return undefined;
    entry.users += 1;
    return entry;
  }

  /** Returns the open file with a reference to it, which `release` gives back. Throws `FileGone`. */
  async acquire(path: string): Promise<OpenFile> {
    for (;;) {
      const entry = await this.#current(path);
      // Evicted while we waited: its descriptor is closed already.
      if (entry.dropped && entry.users === 0) continue;
      entry.users += 1;
      return entry;
    }
  }

  release(file: OpenFile): void {
    file.users -= 1;
    if (file.dropped && file.users === 0) closeQuietly(file.handle);
  }

  /** Forgets the file, so that the next request looks at the disk: it turned out not to be what it was. */
  forget(file: OpenFile): void {
    if (this.#entries.peek(file.path) === file) this.#entries.delete(file.path);
  }

  close(): void {
    this.#entries.clear();
  }

  #current(path: string): Promise<OpenFile> {
    const opening = this.#opening.get(path);
    if (opening !== undefined) return opening;
    const looking = this.#look(path).finally(() => this.#opening.delete(path));
    this.#opening.set(path, looking);
    return looking;
  }

  async #look(path: string): Promise<OpenFile> {
    const known = this.#entries.get(path);
    if (known !== undefined) {
      const checkedAt = performance.now();
      const now = await stat(path, { bigint: true }).catch(() => undefined);
      if (now !== undefined && identityOf(now) === known.identity) {
        known.checkedAt = checkedAt;
        return known;
      }
      if (this.#entries.peek(path) === known) this.#entries.delete(path);
    }
    const entry = await openEntry(path);
    this.#entries.set(path, entry);
    return entry;
  }
}

async function openEntry(path: string): Promise<OpenFile> {
  const checkedAt = performance.now();
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for its writer for ever.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new FileGone(`cannot be opened: ${path}`, { cause });
  }
  const status = await handle.stat({ bigint: true });
  if (!status.isFile()) {
    await handle.close();
    throw new FileGone(`not a regular file: ${path}`);
  }
  const size = Number(status.size);
  return {
    path,
    handle,
    fd: handle.fd,
    size,
    etag: `"${[status.size, status.mtimeNs, status.ino].map((part) => part.toString(36)).join('-')}"`,
    // Never later than the Date of an answer (RFC 9110, 8.8.2.1), whatever the file's clock says.
    modifiedAt: Math.min(Number(status.mtimeNs / 1_000_000_000n), Math.floor(Date.now() / 1000)),
    warm: new WarmBlocks(size),
    identity: identityOf(status),
    checkedAt,
    users: 0,
    dropped: false,
  };
}

function identityOf(status: BigIntStats): string {
  return [status.dev, status.ino, status.size, status.mtimeNs, status.ctimeNs].join('-');
}

function closeQuietly(handle: FileHandle): void {
  // Nothing is lost with a descriptor that was only read from.
  handle.close().catch(() => undefined);
}
