import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises';
import { FileNotFound, LinkLeadsOut, NotReadable } from './archive-errors.ts';
import { liesInside } from './enclosure.ts';

const leadsOut = (key: string): LinkLeadsOut => new LinkLeadsOut(`"${key}" leads out of the archive.`);

/** Returns the real path and state of a file. Throws `FileNotFound` for a folder, `LinkLeadsOut` for what is not inside `root`. */
export async function fileInside(
  root: string,
  path: string,
  key: string,
): Promise<{ real: string; stats: Stats }> {
  const real = await realpath(path).catch(async (error: unknown) => {
    // A broken link is an error of its own; `lstat` throws for a missing file.
    if ((await lstat(path)).isSymbolicLink()) throw leadsOut(key);
    throw error;
  });
  if (!liesInside(root, real)) throw leadsOut(key);
  const stats = await stat(real);
  if (stats.isDirectory()) throw new FileNotFound(`"${key}" is a folder, not a file.`);
  if (!stats.isFile()) throw leadsOut(key);
  return { real, stats };
}

const ATTEMPTS = 5;

/**
 * Opens a file inside `root` for reading. A link that appears between the check and the opening is noticed: the last name is
 * opened without following links (O_NOFOLLOW), and the opened file must be the one that the real path names afterwards. When
 * the file was replaced meanwhile, as `write` does, it is opened again.
 */
export async function openInside(root: string, path: string, key: string): Promise<FileHandle> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { real } = await fileInside(root, path, key);
    const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const opened = await file.stat();
      const named = await fileInside(root, real, key);
      const same = named.real === real && opened.dev === named.stats.dev && opened.ino === named.stats.ino;
      if (same) return file;
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
  }
  throw new NotReadable(`"${key}" was replaced again and again while it was being opened.`);
}

/** Returns the bytes of an open file from `start` to `end` (exclusive), or to its own end. */
export async function readRange(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  const from = Math.max(0, Math.min(start, size));
  const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(end, size) - from));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
