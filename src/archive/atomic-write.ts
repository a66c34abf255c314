import { link, lstat, mkdir, open, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../disk/replace-file.ts';
import { syncToDisk } from '../disk/sync-to-disk.ts';
import { meansAbsent, systemCode } from '../disk/system-error.ts';
import { AlreadyThere } from './archive-errors.ts';
import { temporaryName } from './temporary-names.ts';

/** What was written so long ago counts as finished (ms). */
const FINISHED_AGO_MS = 1_000;

/** Makes a folder with those above it, lasting. Returns the topmost that was made, if any. */
export async function makeFolder(path: string): Promise<string | undefined> {
  const topmost = await mkdir(path, { recursive: true });
  if (topmost === undefined) return undefined;
  for (let made = path; ; made = dirname(made)) {
    await syncToDisk(dirname(made));
    if (made === topmost) return topmost;
  }
}

/** Puts the whole file in place at once; when anything fails, what was there before is there still. */
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
      // Dated as what nobody writes to any more: else whoever finds it waits whether more of it comes.
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

/** Moves a file, never over another one: the new name is made as a second link, which fails when it is taken. */
export async function moveFile(from: string, to: string, toKey: string): Promise<void> {
  try {
    await link(from, to);
    await unlink(from);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') throw taken(toKey, error);
    // FAT, some network mounts, and links to files of another owner have no second links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error;
    if ((await lstat(to).catch(() => undefined)) !== undefined) throw taken(toKey, error);
    await rename(from, to);
  }
}

/** Moves a folder, never over another one: an empty folder takes the new name first, which fails when it is taken. */
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

/** Removes a folder with all in it: it is gone under its name at once, and then emptied. */
export async function removeFolder(path: string): Promise<void> {
  const temporary = join(dirname(path), temporaryName());
  await rename(path, temporary);
  await syncToDisk(dirname(path));
  await rm(temporary, { recursive: true, force: true });
}
