import type { Dirent, Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskUsage } from '../upload.ts';

export type Part = DiskUsage['parts'][number]['part'];
export type Measure = { bytes: number; files: number };
/** The counts so far. `shows`: by the show's folder. */
export type Measured = { parts: Map<Part, Measure>; shows: Map<string, Measure> };

const PARTS: Record<string, Part> = {
  uploads: 'uploads',
  originals: 'originals',
  sounds: 'sounds',
  pictures: 'pictures',
  catalogue: 'catalogue',
  bin: 'bin',
};

/**
 * Counts the files of the station's two folders into `measured`. It asks for one file at a time, so that a
 * server with a large archive goes on serving. Links are not followed, and a file with two names is counted
 * once.
 */
export async function measureFolders(
  { episodesDir, dataDir }: { episodesDir: string; dataDir: string },
  measured: Measured,
): Promise<void> {
  const seen = new Set<string>();
  const count = (path: string, stats: Stats, ...measures: Measure[]): void => {
    if (stats.nlink > 1) {
      const file = `${stats.dev}:${stats.ino}`;
      if (seen.has(file)) return;
      seen.add(file);
    }
    if (path === '') return;
    for (const measure of measures) {
      measure.bytes += stats.size;
      measure.files += 1;
    }
  };
  const part = (name: Part): Measure => measureIn(measured.parts, name);
  for await (const { path, parts, stats } of filesIn(episodesDir, dataDir)) {
    const [show = '', ...below] = parts;
    const ofShow = below.length > 0 ? [measureIn(measured.shows, show)] : [];
    count(path, stats, part('episodes'), ...ofShow);
  }
  for await (const { path, parts, stats } of filesIn(dataDir, episodesDir)) {
    const [name = ''] = parts;
    count(path, stats, part(name.startsWith('addresses.sqlite') ? 'catalogue' : (PARTS[name] ?? 'other')));
  }
}

function measureIn<Key>(measures: Map<Key, Measure>, key: Key): Measure {
  const known = measures.get(key) ?? { bytes: 0, files: 0 };
  measures.set(key, known);
  return known;
}

type Found = { path: string; parts: string[]; stats: Stats };

/**
 * Yields every file below a folder except those in `without`. Files that vanish or cannot be read are left
 * out.
 */
async function* filesIn(root: string, without: string, parts: string[] = []): AsyncGenerator<Found> {
  for await (const entry of entriesOf(join(root, ...parts))) {
    const inside = [...parts, entry.name];
    const path = join(root, ...inside);
    if (path === without) continue;
    if (entry.isDirectory()) {
      yield* filesIn(root, without, inside);
      continue;
    }
    const stats = await lstat(path).catch(() => undefined);
    if (stats !== undefined) yield { path, parts: inside, stats };
  }
}

async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder, { bufferSize: 64 });
  } catch {
    // The file is gone, or cannot be read.
  }
}
