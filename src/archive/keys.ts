import type { BundleKind } from './archive.ts';
import { KeyRefused } from './archive-errors.ts';

const IGNORED_NAMES = new Set([
  'thumbs.db',
  'desktop.ini',
  '__macosx',
  'lost+found',
  'node_modules',
  'system volume information',
  '$recycle.bin',
]);
const IGNORED_ENDINGS = /(?:~|\.(?:part|tmp|crdownload|filepart|partial|download))$/i;

/** Returns whether the archive ignores files and folders of this name: hidden, half-downloaded, or made by a system. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || IGNORED_ENDINGS.test(name) || IGNORED_NAMES.has(name.toLowerCase());
}

/**
 * Returns whether a name on disk can be part of a key. A backslash is refused, since it is a separator on other systems, and
 * U+FFFD, since it stands for bytes that are not UTF-8: neither would lead back to the file everywhere.
 */
export function isKeyPart(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\0\uFFFD]/.test(name);
}

const partsOf = (key: string, deepest: number): string[] => {
  const parts = key.normalize('NFC').split('/');
  if (parts.length > deepest || !parts.every((part) => isKeyPart(part) && !isIgnoredName(part))) {
    throw new KeyRefused(`${JSON.stringify(key.slice(0, 200))} cannot be a key of the archive.`);
  }
  return parts;
};

/** Returns the parts of a bundle's key in NFC: none for the station, at most two else. Throws `KeyRefused`. */
export const bundleKeyParts = (key: string): string[] => (key === '' ? [] : partsOf(key, 2));

/** Returns the parts of a file's key in NFC: at most two folders and a name. Throws `KeyRefused`. */
export const fileKeyParts = (key: string): string[] => partsOf(key, 3);

const KINDS: readonly BundleKind[] = ['station', 'show', 'episode'];

/** Returns what a bundle is whose key has so many parts. */
export const bundleKind = (parts: number): BundleKind => KINDS[parts] ?? 'episode';

/** Returns the key of the file or folder `name` (in any Unicode form) in the bundle `folder`. */
export function keyInside(folder: string, name: string): string {
  const part = name.normalize('NFC');
  return folder === '' ? part : `${folder}/${part}`;
}
