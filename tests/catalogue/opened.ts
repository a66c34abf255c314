import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { openCatalogue } from '../../src/catalogue/open.ts';
import type { Episode } from '../../src/model/episode.ts';
import type { Cue } from '../../src/model/transcript.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Returns a new directory, removed after the test. */
export async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'riascolta-catalogue-'));
  cleanups.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Opens a catalogue that is closed after the test. */
export async function opened(directory: string, mode: 'read' | 'write' = 'write'): Promise<Catalogue> {
  const catalogue = await openCatalogue({ directory, mode });
  cleanups.push(() => catalogue.close());
  return catalogue;
}

/** Opens a new catalogue that holds these episodes. */
export async function catalogueWith(...episodes: (Episode | [Episode, Said])[]): Promise<Catalogue> {
  const catalogue = await opened(await emptyDirectory());
  await put(catalogue, ...episodes);
  return catalogue;
}

/** Opens, for all tests of a group that only ask, one catalogue that holds these episodes. */
export function sharedCatalogue(...episodes: (Episode | [Episode, Said])[]): () => Catalogue {
  let shared: Catalogue | undefined;
  let directory: string | undefined;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'riascolta-catalogue-'));
    shared = await openCatalogue({ directory, mode: 'write' });
    await put(shared, ...episodes);
  });
  afterAll(async () => {
    await shared?.close();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });
  return () => {
    if (shared === undefined) throw new Error('not open yet');
    return shared;
  };
}

/** What is said in an episode, segment by segment. */
export type Said = Cue[][];

export async function put(catalogue: Catalogue, ...episodes: (Episode | [Episode, Said])[]): Promise<void> {
  await catalogue.write(async (writer) => {
    for (const one of episodes) {
      const [episode, said] = Array.isArray(one) ? one : [one, []];
      const date = new Date(episode.publishedAt);
      await writer.putEpisode({
        episode,
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        cues: new Map(said.entries()),
      });
    }
  });
}
