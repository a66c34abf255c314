import { hash } from 'node:crypto';
import type { Archive, Bundle } from '../../archive/archive.ts';
import { KeyRefused } from '../../archive/archive-errors.ts';
import { keyInside } from '../../archive/keys.ts';
import { Refused } from '../../model/problem.ts';

/** A folder's text as it is, and the files beside it. A folder without the file has the text ''. */
export type FolderText = {
  key: string;
  text: string;
  hash: string;
  /** Names of all files of the folder, the text's own among them. */
  files: string[];
  /** When the text was last written to (milliseconds since 1970). */
  modifiedAt: number;
};

export type TextFile = 'episode.md' | 'show.md' | 'station.md';

/** The byte order mark stays, so that what is written back is the same to the byte. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Returns the text of the folder `key`; `undefined` when there is no such folder. Throws `Refused`
 * (`value-wrong`) when the text is not UTF-8, and what the archive throws.
 */
export async function readFolder(
  archive: Archive,
  key: string,
  file: TextFile = 'episode.md',
): Promise<FolderText | undefined> {
  const bundle = await bundleAt(archive, key);
  if (bundle === undefined) return undefined;
  const stored = bundle.files.find(({ name }) => name === file);
  const text = stored === undefined ? '' : decoded(await archive.read(keyInside(key, file)), file);
  return {
    key,
    text,
    hash: textHash(text),
    files: bundle.files.filter(({ leadsOut }) => leadsOut !== true).map(({ name }) => name),
    modifiedAt: stored?.modifiedAt ?? 0,
  };
}

/** Returns the bundle; `undefined` when there is none, or the key is invalid. */
export async function bundleAt(archive: Archive, key: string): Promise<Bundle | undefined> {
  try {
    return await archive.bundle(key);
  } catch (error) {
    if (error instanceof KeyRefused) return undefined;
    throw error;
  }
}

/** Returns the folder's text. Throws `Refused` (`not-found`) when there is no such folder. */
export async function folderAt(archive: Archive, key: string, file?: TextFile): Promise<FolderText> {
  const folder = await readFolder(archive, key, file);
  if (folder === undefined) throw new Refused('not-found');
  return folder;
}

/** Writes a folder's text, whole or not at all. Throws what the archive throws. */
export const writeText = (archive: Archive, key: string, file: TextFile, text: string): Promise<void> =>
  archive.write(keyInside(key, file), Buffer.from(text));

function decoded(bytes: Uint8Array, file: string): string {
  try {
    return strict.decode(bytes);
  } catch (error) {
    throw new Refused('value-wrong', { field: file, reason: 'text-not-utf8' }, { cause: error });
  }
}

/** Returns the SHA-256 of a text in hex, by which a change is noticed. A missing file has that of ''. */
export const textHash = (text: string): string => hash('sha256', text, 'hex');
