import { lstatSync, readdirSync, statSync } from 'node:fs';
import { meansAbsent } from '../../disk/system-error.ts';
import type { BundleKind } from '../archive.ts';
import { followInside } from '../enclosure.ts';
import { isIgnoredName } from '../keys.ts';

/**
 * What a look at a folder found: a number that differs when something in it changed, and the newest change (milliseconds since
 * 1970). It uses `ctime`, which no program can set, not `mtime`: so copies that keep their dates and changed rights are seen.
 */
export type Look = { stamp: number; newest: number };

const TEXTS: Record<BundleKind, string> = {
  station: 'station.md',
  show: 'show.md',
  episode: 'episode.md',
};

/** The stamp of a folder that has not been looked at yet. */
export const UNSEEN = -1;
/** The stamp of a folder that is not there. */
export const GONE = -2;

const ABSENT: Look = { stamp: GONE, newest: 0 };

// Thirty bits: V8 stores such a number in the folder's record itself, so that 100 000 of them cost no memory.
const mix = (stamp: number, value: number): number => (Math.imul(stamp, 31) + Math.floor(value)) & 0x3fffffff;

/** Looks at the folder and its text only, in two calls: sees names that are added or removed, and changes of the text. */
export function quickLook(path: string, kind: BundleKind): Look {
  try {
    const folder = statSync(path, { throwIfNoEntry: false });
    if (folder === undefined) return ABSENT;
    const text = lstatSync(`${path}/${TEXTS[kind]}`, { throwIfNoEntry: false })?.ctimeMs ?? 0;
    return { stamp: mix(mix(0, folder.ctimeMs), text), newest: Math.max(folder.ctimeMs, text) };
  } catch {
    return folderAlone(path);
  }
}

/** Looks at every file in the folder: sees every change, at about five times the cost. */
export function deepLook(root: string, path: string): Look {
  try {
    let newest = statSync(path).ctimeMs;
    let stamp = mix(0, newest);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() || isIgnoredName(entry.name)) continue;
      const filePath = `${path}/${entry.name}`;
      const file = entry.isSymbolicLink()
        ? followInside(root, filePath)?.stats
        : lstatSync(filePath, { throwIfNoEntry: false });
      if (file === undefined) continue;
      newest = Math.max(newest, file.ctimeMs);
      stamp = mix(mix(stamp, file.ctimeMs), file.size);
    }
    return { stamp, newest };
  } catch (error) {
    return meansAbsent(error) ? ABSENT : folderAlone(path);
  }
}

// Without rights only the folder's own state can be read. It changes when rights are given.
const folderAlone = (path: string): Look => {
  try {
    const { ctimeMs } = statSync(path);
    return { stamp: mix(0, ctimeMs), newest: ctimeMs };
  } catch {
    return ABSENT;
  }
};
