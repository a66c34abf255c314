import { lstatSync, readdirSync } from 'node:fs';
import { meansAbsent } from '../../disk/system-error.ts';
import { followInside } from '../enclosure.ts';
import { isIgnoredName, isKeyPart } from '../keys.ts';
import { UNSEEN } from './stamps.ts';

/** What the watch remembers of a folder: a small record, since there may be 100 000. */
export type Folder = { quick: number; deep: number; children: Map<string, Folder> | undefined };

/** A place in the tree: the names on disk (not normalized) that lead to it from the root. */
export type Place = readonly string[];

export const newFolder = (depth: number): Folder => ({
  quick: UNSEEN,
  deep: UNSEEN,
  children: depth < 2 ? new Map() : undefined,
});

export const folderPath = (root: string, place: Place): string => [root, ...place].join('/');

/** Returns the key under which a place is reported, in NFC. */
export const bundleKey = (place: Place): string => place.join('/').normalize('NFC');

export function folderAt(tree: Folder, place: Place): Folder | undefined {
  let folder: Folder | undefined = tree;
  for (const name of place) folder = folder?.children?.get(name);
  return folder;
}

/**
 * Yields every place in the tree, but of the episodes only those that are `wanted`. Folders that are added or removed meanwhile
 * may be missing.
 */
export function* placesIn(
  tree: Folder,
  from: Place = [],
  wanted: (episode: Folder) => boolean = () => true,
): Generator<[Place, Folder]> {
  yield [from, tree];
  if (tree.children === undefined) return;
  for (const [name, child] of tree.children) {
    if (child.children !== undefined) yield* placesIn(child, [...from, name], wanted);
    else if (wanted(child)) yield [[...from, name], child];
  }
}

/** Returns whether the name in `folder` (a path) is a bundle's folder: not ignored, and not a link that leads out. */
export function isBundleFolder(root: string, folder: string, name: string): boolean {
  if (isIgnoredName(name) || !isKeyPart(name)) return false;
  try {
    const path = `${folder}/${name}`;
    const stats = lstatSync(path);
    return stats.isSymbolicLink()
      ? followInside(root, path)?.stats.isDirectory() === true
      : stats.isDirectory();
  } catch {
    return false;
  }
}

/** Returns the names of the bundle folders in `folder` (a path), or `undefined` when it cannot be read just now. */
export function bundleFoldersIn(root: string, folder: string): string[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => {
        if (entry.isSymbolicLink()) return isBundleFolder(root, folder, entry.name);
        return entry.isDirectory() && !isIgnoredName(entry.name) && isKeyPart(entry.name);
      })
      .map((entry) => entry.name);
  } catch (error) {
    return meansAbsent(error) ? [] : undefined;
  }
}
