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

/** Returns whether the archive passes over a file or folder of this name: hidden, half-downloaded, or a system's litter. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || IGNORED_ENDINGS.test(name) || IGNORED_NAMES.has(name.toLowerCase());
}

/**
 * Returns whether a name on disk can be part of a key. A backslash is refused because other systems take it for a
 * separator, U+FFFD because it stands for bytes that were no UTF-8: neither would lead back to the file everywhere.
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

/** Returns the parts of a bundle's key in NFC: none for the station, at most two. Throws `KeyRefused`. */
export const bundleKeyParts = (key: string): string[] => (key === '' ? [] : partsOf(key, 2));

/** Returns the parts of a file's key in NFC: at most two folders and a name. Throws `KeyRefused`. */
export const fileKeyParts = (key: string): string[] => partsOf(key, 3);

/** Returns the key of a thing named `name` (any form) inside the bundle `folder`. */
export function keyInside(folder: string, name: string): string {
  const part = name.normalize('NFC');
  return folder === '' ? part : `${folder}/${part}`;
}
