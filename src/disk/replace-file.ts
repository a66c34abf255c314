import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { syncToDisk } from './sync-to-disk.ts';

export type ReplaceOptions = {
  /** Where the file is written until it is whole, on the same disk. */
  temporary?: string;
  /**
   * Whether the bytes are on the disk, and not only in its cache, before the file has its name; they are unless told. A file
   * that is renamed before can be empty after a power cut.
   */
  lasting?: boolean;
};

/**
 * Puts a file in place at once and whole: it is written under a temporary name and then renamed. Whoever reads meanwhile finds
 * what was there before; when anything fails, that stays. `content`: the bytes, or what writes them to the path it is given.
 * Throws what `node:fs` and `content` throw.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array | ((temporary: string) => Promise<void>),
  { temporary = `${path}.${randomUUID()}.part`, lasting = true }: ReplaceOptions = {},
): Promise<void> {
  try {
    if (typeof content === 'function') await content(temporary);
    else await writeFile(temporary, content, { flag: 'wx' });
    if (lasting) await syncToDisk(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}
