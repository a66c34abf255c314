import type { Archive, Bundle } from '../archive/archive.ts';
import type { CatalogueMemory } from '../catalogue/catalogue.ts';
import { episodePath } from '../model/addresses.ts';
import type { Episode } from '../model/episode.ts';

/** Two folders with one guid: which keeps it. */
export type Rivalry = { guid: string; holder: string; keeps: 'holder' | 'newcomer' };

/**
 * Returns the rivalry that an episode enters when it is indexed; `undefined` when its guids are its alone, or when
 * the folder that had them is gone (a rename). The one that the public already knows under that guid keeps it; where
 * nobody remembers, the older file does.
 */
export async function rivalryOf(
  archive: Archive,
  memory: CatalogueMemory,
  newcomer: { bundle: Bundle; episode: Episode },
  pendingHolder: (guid: string) => string | undefined,
): Promise<Rivalry | undefined> {
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
): Promise<Rivalry['keeps']> {
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
