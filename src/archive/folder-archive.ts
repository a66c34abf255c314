import { lstat, realpath, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncToDisk } from '../disk/sync-to-disk.ts';
import { meansAbsent } from '../disk/system-error.ts';
import type { Archive } from './archive.ts';
import {
  AlreadyThere,
  ArchiveError,
  ArchiveNotFound,
  FileNotFound,
  KeyRefused,
  LinkLeadsOut,
  readingError,
  writingError,
} from './archive-errors.ts';
import { makeFolder, moveFile, moveFolder, removeFolder, writeFileWhole } from './atomic-write.ts';
import { followInside, pathOnDisk } from './enclosure.ts';
import { readBundle, readBundles } from './folder-listing.ts';
import { fileKeyParts } from './keys.ts';
import { fileInside, openInside, readRange } from './safe-read.ts';
import { type WatchOptions, watchFolders } from './watch/folder-watch.ts';

export type FolderArchiveOptions = WatchOptions;

/**
 * Opens the folder `root` as an archive. It may be on a read-only disk: each write finds out anew. It may be a link, which is
 * followed once, now. Temporary files of killed processes are removed by the listing that finds them.
 * Throws `ArchiveNotFound` when there is no such folder.
 *
 *     const archive = await openFolderArchive('episodes', { warn: (message) => log.warn(message) });
 *     for await (const bundle of archive.bundles()) console.log(bundle.key, bundle.files.length);
 */
export async function openFolderArchive(root: string, options: FolderArchiveOptions = {}): Promise<Archive> {
  return folderArchive(await realFolder(root), options);
}

const realFolder = async (root: string): Promise<string> => {
  const real = await realpath(root).catch((error: unknown) => {
    throw new ArchiveNotFound(`There is no folder "${root}".`, { cause: error });
  });
  if (!(await stat(real)).isDirectory()) throw new ArchiveNotFound(`"${root}" is not a folder.`);
  return real;
};

function folderArchive(root: string, options: FolderArchiveOptions): Archive {
  const change = async (key: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw writingError(error, key);
    }
  };

  return {
    bundles: () => readBundles(root),
    bundle: async (key) => readBundle(root, key),

    async read(fileKey, range) {
      const path = await pathOnDisk(root, fileKeyParts(fileKey));
      try {
        const file = await openInside(root, path, fileKey);
        try {
          return await readRange(file, range?.start ?? 0, range?.end ?? Number.POSITIVE_INFINITY);
        } finally {
          await file.close();
        }
      } catch (error) {
        throw readingError(error, fileKey);
      }
    },

    async localPath(fileKey) {
      const path = await pathOnDisk(root, fileKeyParts(fileKey));
      try {
        return (await fileInside(root, path, fileKey)).real;
      } catch (error) {
        const known = readingError(error, fileKey);
        if (known instanceof ArchiveError) return undefined;
        throw known;
      }
    },

    write: (fileKey, data) =>
      change(fileKey, async () => {
        const path = await pathOnDisk(root, fileKeyParts(fileKey));
        if ((await lstatIfThere(path))?.isDirectory()) {
          throw new AlreadyThere(`"${fileKey}" is a folder.`);
        }
        const made = await enterFolder(root, dirname(path), fileKey);
        try {
          await writeFileWhole(path, data);
        } catch (error) {
          if (made !== undefined) await removeEmpty(dirname(path), made);
          throw error;
        }
      }),

    move: (fromKey, toKey) =>
      change(toKey, async () => {
        const fromParts = fileKeyParts(fromKey);
        const toParts = fileKeyParts(toKey);
        const from = await pathOnDisk(root, fromParts);
        const to = await pathOnDisk(root, toParts);
        await refuseOutside(root, dirname(from), fromKey);
        const found = await lstatIfThere(from);
        if (found === undefined) throw new FileNotFound(`There is no "${fromKey}" in the archive.`);
        if (from === to) return;
        if (followInside(root, from)?.stats.isDirectory() && toParts.length !== fromParts.length) {
          throw new KeyRefused(`"${fromKey}" cannot become "${toKey}": a show stays a show.`);
        }
        if ((await lstatIfThere(to)) !== undefined) throw new AlreadyThere(`"${toKey}" is there already.`);
        await enterFolder(root, dirname(to), toKey);
        await (found.isDirectory() ? moveFolder : moveFile)(from, to, toKey);
        await syncToDisk(dirname(to));
        if (dirname(from) !== dirname(to)) await syncToDisk(dirname(from));
      }),

    remove: (key) =>
      change(key, async () => {
        const path = await pathOnDisk(root, fileKeyParts(key));
        await refuseOutside(root, dirname(path), key);
        const found = await lstatIfThere(path);
        if (found === undefined) return;
        if (found.isDirectory()) return removeFolder(path);
        await unlink(path);
        await syncToDisk(dirname(path));
      }),

    watch: (changed) => watchFolders(root, changed, options),
  };
}

const lstatIfThere = async (path: string) => {
  try {
    return await lstat(path);
  } catch (error) {
    if (meansAbsent(error)) return undefined;
    throw error;
  }
};

/** Throws `LinkLeadsOut` for a folder that is outside `root` through a link; a folder that is not there passes. */
async function refuseOutside(root: string, folder: string, key: string): Promise<void> {
  const real = await realpath(folder).catch((error: unknown) => {
    if (meansAbsent(error)) return undefined;
    throw error;
  });
  if (real !== undefined && followInside(root, real) === undefined) {
    throw new LinkLeadsOut(`"${key}" leads out of the archive.`);
  }
}

/** Makes a folder inside `root` where it is not there yet. Returns the topmost folder that was made, if any. */
async function enterFolder(root: string, folder: string, key: string): Promise<string | undefined> {
  // The parent is checked first: through a link there, folders would be made outside.
  if (folder !== root) await refuseOutside(root, dirname(folder), key);
  await refuseOutside(root, folder, key);
  try {
    return await makeFolder(folder);
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes(error instanceof Error && 'code' in error ? String(error.code) : '')) {
      throw new AlreadyThere(`"${key}" needs a folder where a file or a broken link is.`, { cause: error });
    }
    throw error;
  }
}

async function removeEmpty(folder: string, topmost: string): Promise<void> {
  for (let path = folder; ; path = dirname(path)) {
    await rmdir(path).catch(() => {});
    if (path === topmost) return;
  }
}
