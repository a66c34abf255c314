import { hash } from 'node:crypto';
import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { meansAbsent } from '../disk/system-error.ts';
import type { Bundle, StoredFile } from './archive.ts';
import { followInside, pathOnDiskSync } from './enclosure.ts';
import { bundleKeyParts, bundleKind, isIgnoredName, isKeyPart, keyInside } from './keys.ts';
import { isTemporaryName, sweep } from './temporary-names.ts';

/** The listing keeps its thread busy for at most so long at a time (ms). */
const SLICE_MS = 10;

/** A folder as a bundle, and the folders in it that are bundles themselves. */
type Listing = { bundle: Bundle; folders: [key: string, path: string][] };

const storedFile = (name: string, stats: Stats): StoredFile => ({
  name,
  bytes: stats.size,
  modifiedAt: stats.mtimeMs,
  version: `${stats.ino}-${stats.size}-${stats.mtimeMs}`,
});

const unreadableFile = (name: string, stats: Stats): StoredFile => ({
  ...storedFile(name, stats),
  bytes: 0,
  leadsOut: true,
});

function classify(root: string, path: string, name: string): StoredFile | 'folder' {
  const stats = lstatSync(path);
  if (stats.isFile()) return storedFile(name, stats);
  if (stats.isDirectory()) return 'folder';
  if (!stats.isSymbolicLink()) return unreadableFile(name, stats);
  const target = followInside(root, path);
  if (target?.stats.isDirectory()) return 'folder';
  return target?.stats.isFile() ? storedFile(name, target.stats) : unreadableFile(name, stats);
}

/** Returns one entry for each NFC name, preferably the one that is NFC on disk. The other names are added to `clashes`. */
function withoutClashes(entries: Dirent[], clashes: string[]): Map<string, Dirent> {
  const byName = new Map<string, Dirent>();
  for (const entry of entries) {
    const name = entry.name.normalize('NFC');
    const other = byName.get(name);
    if (!isKeyPart(entry.name)) clashes.push(entry.name);
    else if (other === undefined) byName.set(name, entry);
    else {
      const [kept, left] =
        entry.name === name || (other.name !== name && entry.name < other.name)
          ? [entry, other]
          : [other, entry];
      byName.set(name, kept);
      clashes.push(left.name);
    }
  }
  return byName;
}

const depthOf = (key: string): number => (key === '' ? 0 : key.split('/').length);

function list(root: string, key: string, path: string): Listing {
  const depth = depthOf(key);
  const entries = readdirSync(path, { withFileTypes: true });
  const clashes: string[] = [];
  const files: StoredFile[] = [];
  const folders: Listing['folders'] = [];
  const seen = entries.filter(({ name }) => {
    if (isTemporaryName(name)) sweep(path, name);
    return !isIgnoredName(name);
  });
  for (const [name, entry] of withoutClashes(seen, clashes)) {
    const entryPath = `${path}/${entry.name}`;
    try {
      const found = entry.isDirectory() ? 'folder' : classify(root, entryPath, name);
      if (found !== 'folder') files.push(found);
      else if (depth < 2) folders.push([keyInside(key, name), entryPath]);
    } catch (error) {
      // A file may have been removed between the two calls.
      if (!meansAbsent(error)) throw error;
    }
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  folders.sort(([a], [b]) => (a < b ? -1 : 1));
  clashes.sort();
  const signature = signatureOf(files, clashes);
  return { bundle: { key, kind: bundleKind(depth), files, signature, clashes }, folders };
}

const signatureOf = (files: StoredFile[], clashes: string[]): string => {
  let text = clashes.join('\0');
  for (const file of files) text += `\0${file.name}\0${file.version}${file.leadsOut ? '!' : ''}`;
  return hash('sha256', text, 'base64url').slice(0, 22);
};

function listOrSayUnreadable(root: string, key: string, path: string): Listing | undefined {
  try {
    return list(root, key, path);
  } catch (error) {
    if (meansAbsent(error) && key !== '') return undefined;
    const kind = bundleKind(depthOf(key));
    const bundle: Bundle = { key, kind, files: [], signature: 'unreadable', unreadable: true, clashes: [] };
    return { bundle, folders: [] };
  }
}

/** Returns a bundle below `root` (a real path) as it is on disk; `undefined` when it is not there. Throws `KeyRefused`. */
export function readBundle(root: string, key: string): Bundle | undefined {
  const parts = bundleKeyParts(key);
  const path = pathOnDiskSync(root, parts);
  if (parts.length > 0 && followInside(root, path)?.stats.isDirectory() !== true) {
    return unreadableLink(root, parts, path);
  }
  return listOrSayUnreadable(root, parts.join('/'), path)?.bundle;
}

// A folder whose parent may not be entered is there, but unreadable.
function unreadableLink(root: string, parts: string[], path: string): Bundle | undefined {
  try {
    lstatSync(path);
    return undefined;
  } catch (error) {
    return meansAbsent(error) ? undefined : listOrSayUnreadable(root, parts.join('/'), path)?.bundle;
  }
}

/** Yields every bundle below `root` (a real path): the station, then each show followed by its episodes, sorted by name. */
export async function* readBundles(root: string): AsyncGenerator<Bundle> {
  let sliceEnd = performance.now() + SLICE_MS;
  const station = listOrSayUnreadable(root, '', root);
  if (station === undefined) return;
  yield station.bundle;
  for (const [showKey, showPath] of station.folders) {
    const show = listOrSayUnreadable(root, showKey, showPath);
    if (show === undefined) continue;
    yield show.bundle;
    for (const [key, path] of show.folders) {
      if (performance.now() > sliceEnd) {
        await nextTurn();
        sliceEnd = performance.now() + SLICE_MS;
      }
      const episode = listOrSayUnreadable(root, key, path);
      if (episode !== undefined) yield episode.bundle;
    }
  }
}
