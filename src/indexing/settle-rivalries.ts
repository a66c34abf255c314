import type { Archive, Bundle } from '../archive/archive.ts';
import type { CatalogueMemory } from '../catalogue/catalogue.ts';
import type { Episode } from '../model/episode.ts';
import { rivalryOf } from './duplicate-guids.ts';
import type { Reading } from './reading/reading.ts';

/** An episode's folder and what came of reading it. */
export type ReadEpisode = { bundle: Bundle; reading: Reading<Episode> };

/**
 * Leaves out of a batch what must not have the guid it brings, with a fault that names who keeps it. Returns the keys of
 * folders in the catalogue that must give theirs up to one in the batch.
 */
export async function settleRivalries(
  archive: Archive,
  memory: CatalogueMemory,
  batch: ReadEpisode[],
): Promise<string[]> {
  const holders = new Map<string, ReadEpisode>();
  const ousted: string[] = [];
  for (const read of batch) {
    const episode = read.reading.content;
    if (episode === undefined) continue;
    const pending = (guid: string) => holders.get(guid)?.bundle.key;
    const rivalry = await rivalryOf(archive, memory, { bundle: read.bundle, episode }, pending);
    if (rivalry?.keeps === 'holder') {
      leaveOut(read, rivalry.holder);
      continue;
    }
    if (rivalry !== undefined) {
      const inBatch = holders.get(rivalry.guid);
      if (inBatch === undefined) {
        ousted.push(rivalry.holder);
      } else leaveOut(inBatch, read.bundle.key);
    }
    for (const guid of [episode.guid, ...episode.segments.map((segment) => segment.guid)])
      holders.set(guid, read);
  }
  return ousted;
}

function leaveOut(read: ReadEpisode, keeper: string): void {
  read.reading = {
    ...read.reading,
    content: undefined,
    keepsLast: false,
    faults: [
      ...read.reading.faults,
      {
        folder: read.bundle.key,
        file: 'episode.md',
        severity: 'error',
        code: 'guid-twice',
        values: { value: keeper },
      },
    ],
  };
}
