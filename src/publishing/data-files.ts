import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../disk/replace-file.ts';
import { meansAbsent, systemCode } from '../disk/system-error.ts';
import { UNFINISHED } from '../disk/unfinished.ts';
import { waveformsIn } from '../listening/waveform-path.ts';

/** Replaced and removed files of episodes lie here for a while, beside the originals of uploads. */
export const originalsIn = (dataDir: string): string => join(dataDir, 'originals');
export const binIn = (dataDir: string): string => join(dataDir, 'bin');

/** Copies a file whole or not at all, and syncs it to the disk. Throws what `node:fs` throws. */
export async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true });
  await replaceFile(to, (temporary) => copyFile(from, temporary, constants.COPYFILE_FICLONE), {
    temporary: `${to}.${crypto.randomUUID()}${UNFINISHED}`,
  });
}

/** Yields a file's bytes for an archive to write. The file is opened when they are first read. */
export async function* bytesAt(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}

const keptName = (draft: string, name: string): string => `replaced-${draft}-${name}`;

/** Returns where a file of an episode is kept that a draft replaces or removes. */
export const keptPath = (dataDir: string, draft: string, name: string): string =>
  join(originalsIn(dataDir), keptName(draft, name));

/** Keeps a copy of a file under that name. An existing copy stays, since it is the original. */
export async function keepAside(dataDir: string, draft: string, name: string, path: string): Promise<void> {
  const kept = keptPath(dataDir, draft, name);
  await mkdir(originalsIn(dataDir), { recursive: true });
  try {
    await link(path, kept);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    await copyWhole(path, kept);
  }
}

/** Removes everything that was kept aside for these drafts. */
export async function removeKept(dataDir: string, drafts: readonly string[]): Promise<void> {
  const beginnings = drafts.map((draft) => keptName(draft, ''));
  for (const name of await namesIn(originalsIn(dataDir)))
    if (beginnings.some((beginning) => name.startsWith(beginning)))
      await rm(join(originalsIn(dataDir), name), { force: true });
}

/** Removes what a crash left unfinished. */
export async function sweepUnfinished(dataDir: string): Promise<void> {
  for (const folder of [originalsIn(dataDir), binIn(dataDir), waveformsIn(dataDir)])
    for (const name of await namesIn(folder))
      if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true, force: true });
}

/** Returns the names in a folder; none where the folder is missing. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (meansAbsent(error)) return [];
    throw error;
  }
}
