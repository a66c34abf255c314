import { existsSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Returns whether `path` is `root` or lies below it; both are real paths. */
export function liesInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Returns the target of a link and its state; `undefined` when it is outside `root` (a real path) or does not exist. */
export function followInside(root: string, path: string): { path: string; stats: Stats } | undefined {
  try {
    const real = realpathSync.native(path);
    return liesInside(root, real) ? { path: real, stats: statSync(real) } : undefined;
  } catch {
    return undefined;
  }
}

// The name that is NFC on disk comes before others that are normalized to it, as in the listing.
const nameOnDisk = (names: string[], part: string): string =>
  names.includes(part) ? part : (names.filter((name) => name.normalize('NFC') === part).sort()[0] ?? part);

// Only names with letters outside ASCII have more than one Unicode form.
const hasOneForm = (part: string): boolean => /^[\x20-\x7e]*$/.test(part);

/**
 * Returns the path on disk of a key's parts (NFC) below `root`. Names that the disk has in another form (macOS writes NFD) are
 * found; a name that is not there yet stays in NFC.
 */
export async function pathOnDisk(root: string, parts: string[]): Promise<string> {
  let path = root;
  for (const part of parts) {
    const straight = join(path, part);
    if (hasOneForm(part) || (await hasEntry(straight))) path = straight;
    else path = join(path, nameOnDisk(await readdir(path).catch(() => []), part));
  }
  return path;
}

/** Does what `pathOnDisk` does, synchronously: for the listing, which reads in slices. */
export function pathOnDiskSync(root: string, parts: string[]): string {
  let path = root;
  for (const part of parts) {
    const straight = join(path, part);
    path = hasOneForm(part) || existsSync(straight) ? straight : join(path, nameOnDisk(namesIn(path), part));
  }
  return path;
}

const hasEntry = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const namesIn = (path: string): string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};
