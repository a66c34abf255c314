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

/**
 * The text with which an episode is restored: its own, plus guids and date, which new file names or dates
 * would change.
 */
const LASTING = '.lasting-episode.md';

/**
 * Copies an episode's folder with everything in it to `target` on this machine, whole or not at all, synced
 * to the disk. `text`: the text to restore it with, where that is not its own. Returns the bytes of its
 * files. Throws what the archive and `node:fs` throw.
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

/**
 * Returns the texts of a folder that was copied aside: its own, and the one to restore it with; `''` where it
 * has none.
 */
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

/** Hidden files and inner folders are not ours, but may be somebody's work, so they are copied too. */
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

/**
 * Copies back the files that the archive ignores, into a restored folder. Files that are there already stay.
 */
export async function copyRestBack(archive: Archive, bundle: Bundle, from: string): Promise<void> {
  const target = await folderPath(archive, bundle);
  if (target !== undefined) await copyAll(from, target);
}
