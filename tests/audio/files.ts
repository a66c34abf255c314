import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one test file: `put` writes a file and returns its path, `remove` clears up. */
export function folder(): { put(name: string, bytes: Uint8Array | string): string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'riascolta-audio-'));
  return {
    put(name, bytes) {
      const path = join(directory, name);
      writeFileSync(path, bytes);
      return path;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
