import { constants } from 'node:fs';
import {
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Archive, Bundle } from '../../archive/archive.ts';
import { isTemporaryName } from '../../archive/temporary-names.ts';
import { syncToDisk } from '../../disk/sync-to-disk.ts';
import { meansAbsent } from '../../disk/system-error.ts';
import { UNFINISHED } from '../../disk/unfinished.ts';

/** The text with which an episode comes back: its own, with what a new name or date of its files would change. */
const LASTING = '.lasting-episode.md';

/**
 * Copies an episode's folder to `target` on this machine, with all that lies in it, whole or not at all, and lasting. `text`:
 * with which it is to come back, where that is not its own. Returns how many bytes its files have. Throws what the archive
 * and `node:fs` throw.
 */
export async function copyFolderAside(
  archive: Archive,
  bundle: Bundle,
  target: string,
  text: string | undefined,
): Promise<number> {
  const unfinished = target + UNFINISHED;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const source = await folderPath(archive, bundle);
  const bytes = source === undefined ? 0 : await copyAll(source, unfinished);
  if (text !== undefined) {
    await writeFile(join(unfinished, LASTING), text);
    await syncToDisk(join(unfinished, LASTING));
    await syncToDisk(unfinished);
  }
  await rename(unfinished, target);
  await syncToDisk(dirname(target));
  return bytes;
}

/** Returns the text of an episode that was copied aside: as it was, and as it is to come back; `''` where it has none. */
export async function textsAside(folder: string): Promise<{ own: string; lasting: string }> {
  const own = await textOrNone(join(folder, 'episode.md'));
  return { own: own ?? '', lasting: (await textOrNone(join(folder, LASTING))) ?? own ?? '' };
}

async function textOrNone(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (meansAbsent(error)) return undefined;
    throw error;
  }
}

/** Returns where the folder lies on this machine. */
async function folderPath(archive: Archive, { key, files }: Bundle): Promise<string | undefined> {
  for (const { name } of files) {
    const path = await archive.localPath(`${key}/${name}`);
    if (path !== undefined) return dirname(path);
  }
  return undefined;
}

/** Folders within, and what is hidden, are nobody's business here, but may be somebody's work. */
async function copyAll(from: string, to: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (isTemporaryName(entry.name) || entry.name === LASTING) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(target, { recursive: true });
      bytes += await copyAll(source, target);
    } else if (entry.isSymbolicLink()) await symlink(await readlink(source), target).catch(ignoreTaken);
    else if (entry.isFile()) {
      bytes += (await lstat(source)).size;
      await copyFile(source, target, constants.COPYFILE_EXCL).catch(ignoreTaken);
      await syncToDisk(target);
    }
  }
  await syncToDisk(to);
  return bytes;
}

const ignoreTaken = (error: unknown): void => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
};

/** Brings along what the archive does not look at, into a folder whose files are back; what is there already stays. */
export async function copyRestBack(archive: Archive, bundle: Bundle, from: string): Promise<void> {
  const target = await folderPath(archive, bundle);
  if (target !== undefined) await copyAll(from, target);
}
