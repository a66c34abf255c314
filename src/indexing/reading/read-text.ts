import type { Archive, Bundle } from '../../archive/archive.ts';
import { ArchiveError } from '../../archive/archive-errors.ts';
import { fileKey } from './file-facts.ts';
import type { ReadingNotes } from './reading.ts';

/** The longest article (bytes): more than a hundred and fifty thousand words are a mistake. */
export const ARTICLE_LIMIT_BYTES = 1_000_000;

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * Returns the text of a file in a bundle; `undefined` when it is not there, or cannot be taken (then there is an
 * error in the notes).
 */
export async function readText(
  archive: Archive,
  bundle: Bundle,
  name: string,
  notes: ReadingNotes,
): Promise<string | undefined> {
  const file = bundle.files.find((candidate) => candidate.name === name);
  if (file === undefined) return undefined;
  if (file.leadsOut) {
    notes.error('link-leads-out', { file: name, values: { value: name } });
    return undefined;
  }
  if (file.bytes > ARTICLE_LIMIT_BYTES) {
    const values = { bytes: String(file.bytes), limit: String(ARTICLE_LIMIT_BYTES) };
    notes.error('article-too-long', { file: name, values });
    return undefined;
  }
  const bytes = await bytesOf(archive, fileKey(bundle, file));
  if (bytes === undefined) {
    notes.error('file-unreadable', { file: name });
    return undefined;
  }
  try {
    return strict.decode(bytes);
  } catch {
    notes.error('text-not-utf8', { file: name });
    return undefined;
  }
}

async function bytesOf(archive: Archive, key: string): Promise<Uint8Array | undefined> {
  try {
    return await archive.read(key);
  } catch (error) {
    if (error instanceof ArchiveError) return undefined;
    throw error;
  }
}
