import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';

/** Returns the name under which a file is written until it is whole. Found later, it is a leftover. */
export const partOf = (path: string): string => `${path}.part`;

/** Makes a file that was written as `partOf(path)` the one at `path`, on the disk and not only in its cache. */
export function complete(path: string): void {
  const file = openSync(partOf(path), 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partOf(path), path);
}

/** Puts a file's bytes at `path`: as a second link where the disk can do that, else as a copy. */
export function takeAsItIs(source: string, path: string): void {
  rmSync(partOf(path), { force: true });
  try {
    linkSync(source, partOf(path));
    renameSync(partOf(path), path);
    // Where both were links to the same file already, renaming leaves both.
    rmSync(partOf(path), { force: true });
  } catch {
    copyFileSync(source, partOf(path), constants.COPYFILE_FICLONE);
    complete(path);
  }
}

/** Removes what an order that did not end has left. */
export function removeParts(paths: string[]): void {
  for (const path of paths) rmSync(partOf(path), { force: true });
}
