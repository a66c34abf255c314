import { link, lstat, mkdir, open, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../disk/replace-file.ts';
import { syncToDisk } from '../disk/sync-to-disk.ts';
import { meansAbsent, systemCode } from '../disk/system-error.ts';
import { AlreadyThere } from './archive-errors.ts';
import { temporaryName } from './temporary-names.ts';

/** A file that was last written so long ago counts as finished (ms). */
const FINISHED_AGO_MS = 1_000;

/** Makes a folder with its parents; they survive a power cut. Returns the topmost folder that was made, if any. */
export async function makeFolder(path: string): Promise<string | undefined> {
  const topmost = await mkdir(path, { recursive: true });
  if (topmost === undefined) return undefined;
  for (let made = path; ; made = dirname(made)) {
    await syncToDisk(dirname(made));
    if (made === topmost) return topmost;
  }
}

/** Puts the whole file in place at once. When anything fails, the previous file stays. */
export async function writeFileWhole(
  path: string,
  data: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const folder = dirname(path);
  const write = async (temporary: string): Promise<void> => {
    const mode = await modeOf(path);
    const file = await open(temporary, 'wx');
    try {
      if (data instanceof Uint8Array) await file.writeFile(data);
      else for await (const chunk of data) await file.writeFile(chunk);
      if (mode !== undefined) await file.chmod(mode);
      // A date of a moment ago says that nobody writes to it any more: the index then reads it without waiting.
      const finished = new Date(Date.now() - FINISHED_AGO_MS);
      await file.utimes(finished, finished);
    } finally {
      await file.close();
    }
  };
  await replaceFile(path, write, { temporary: join(folder, temporaryName()) });
  await syncToDisk(folder);
}

const modeOf = async (path: string): Promise<number | undefined> => {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stats.mode & 0o777 : undefined;
  } catch (error) {
    if (meansAbsent(error)) return undefined;
    throw error;
  }
};

const taken = (key: string, cause: unknown): AlreadyThere =>
  new AlreadyThere(`"${key}" is there already.`, { cause });

/** Moves a file, never over another one: the new name is a second link first, which fails when the name is taken. */
export async function moveFile(from: string, to: string, toKey: string): Promise<void> {
  try {
    await link(from, to);
    await unlink(from);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') throw taken(toKey, error);
    // There are no second links on FAT and some network mounts, nor to files of another owner.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error;
    if ((await lstat(to).catch(() => undefined)) !== undefined) throw taken(toKey, error);
    await rename(from, to);
  }
}

/** Moves a folder, never over another one: an empty folder gets the new name first, which fails when the name is taken. */
export async function moveFolder(from: string, to: string, toKey: string): Promise<void> {
  try {
    await mkdir(to);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw taken(toKey, error);
    throw error;
  }
  try {
    await rename(from, to);
  } catch (error) {
    await rmdir(to).catch(() => {});
    throw error;
  }
}

/** Removes a folder with its content. Its name is free at once; then it is emptied under a temporary name. */
export async function removeFolder(path: string): Promise<void> {
  const temporary = join(dirname(path), temporaryName());
  await rename(path, temporary);
  await syncToDisk(dirname(path));
  await rm(temporary, { recursive: true, force: true });
}
