import { constants, copyFileSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFileNow } from '../../disk/sync-to-disk.ts';

/**
 * Returns the path under which this process writes a file until it is whole. Each process has its own: a process whose parent
 * has crashed may write on for a moment beside its successor.
 */
export const partPath = (path: string): string => `${path}.${process.pid}.part`;

/** Makes what was written as `partPath(path)` the file at `path`, on the disk and not only in its cache. */
export function renamePart(path: string): void {
  syncFileNow(partPath(path));
  renameSync(partPath(path), path);
}

/** Puts a file at `path`: as a second link if the disk can do that, else as a copy. */
export function linkOrCopy(source: string, path: string): void {
  rmSync(partPath(path), { force: true });
  try {
    linkSync(source, partPath(path));
    renameSync(partPath(path), path);
    // If both were links to the same file already, renaming leaves both.
    rmSync(partPath(path), { force: true });
  } catch {
    copyFileSync(source, partPath(path), constants.COPYFILE_FICLONE);
    renamePart(path);
  }
}

/** Removes unfinished files for `path`, whichever process left them. */
export function removeParts(path: string): void {
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(start) && /^\d+\.part$/.test(name.slice(start.length)))
        rmSync(join(folder, name), { force: true });
    }
  } catch {
    // If the folder is missing or cannot be written, there is nothing to remove.
  }
}
