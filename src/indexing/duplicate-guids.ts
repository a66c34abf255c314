import type { Archive, Bundle } from '../archive/archive.ts';
import type { CatalogueMemory } from '../catalogue/catalogue.ts';
import { episodePath } from '../model/addresses.ts';
import type { Episode } from '../model/episode.ts';
import type { Reading } from './reading/reading.ts';

/** An episode's folder and what came of reading it. */
export type ReadEpisode = { bundle: Bundle; reading: Reading<Episode> };

/**
 * A guid is never given twice: removes episodes from a batch whose guid belongs to another folder, with a fault that names
 * that folder. Returns the keys of folders in the catalogue that must give up their guid to one in the batch.
 */
export async function rejectDuplicateGuids(
  archive: Archive,
  memory: CatalogueMemory,
  batch: ReadEpisode[],
): Promise<string[]> {
  const holders = new Map<string, ReadEpisode>();
  const displaced: string[] = [];
  for (const read of batch) {
    const episode = read.reading.content;
    if (episode === undefined) continue;
    const pending = (guid: string) => holders.get(guid)?.bundle.key;
    const duplicate = await findDuplicateGuid(archive, memory, { bundle: read.bundle, episode }, pending);
    if (duplicate?.keeps === 'holder') {
      leaveOut(read, duplicate.holder);
      continue;
    }
    if (duplicate !== undefined) {
      const inBatch = holders.get(duplicate.guid);
      if (inBatch === undefined) {
        displaced.push(duplicate.holder);
      } else leaveOut(inBatch, read.bundle.key);
    }
    for (const guid of [episode.guid, ...episode.segments.map((segment) => segment.guid)])
      holders.set(guid, read);
  }
  return displaced;
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

/** Two folders with one guid: which keeps it. */
type DuplicateGuid = { guid: string; holder: string; keeps: 'holder' | 'newcomer' };

/**
 * Returns a guid of this episode that another folder has too; `undefined` when its guids are its alone, or when the folder
 * that had them is gone (a rename). The one that the public already knows under that guid keeps it; where
 * nobody remembers, the older file does.
 */
async function findDuplicateGuid(
  archive: Archive,
  memory: CatalogueMemory,
  newcomer: { bundle: Bundle; episode: Episode },
  pendingHolder: (guid: string) => string | undefined,
): Promise<DuplicateGuid | undefined> {
  const { bundle, episode } = newcomer;
  for (const guid of new Set([episode.guid, ...episode.segments.map((segment) => segment.guid)])) {
    const holder = pendingHolder(guid) ?? (await memory.keyOfGuid(guid));
    if (holder === undefined || holder === bundle.key) continue;
    const held = await archive.bundle(holder);
    if (held === undefined) continue;
    return { guid, holder, keeps: await keeper(memory, guid, held, bundle) };
  }
  return undefined;
}

async function keeper(
  memory: CatalogueMemory,
  guid: string,
  holder: Bundle,
  newcomer: Bundle,
): Promise<DuplicateGuid['keeps']> {
  const first = await memory.firstAddressOf(guid);
  if (first !== undefined && isAddressOf(first, holder.key)) return 'holder';
  if (first !== undefined && isAddressOf(first, newcomer.key)) return 'newcomer';
  return oldest(newcomer) < oldest(holder) ? 'newcomer' : 'holder';
}

function isAddressOf(path: string, key: string): boolean {
  const [show = '', episode = ''] = key.split('/');
  const address = episodePath(show, episode);
  return path === address || path.startsWith(`${address}/`);
}

const oldest = (bundle: Bundle): number => Math.min(...bundle.files.map((file) => file.modifiedAt));
