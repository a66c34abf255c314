import { cp, readFile, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pinGuids } from '../../src/indexing/pin-guids.ts';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { type IndexedFolder, indexedFolder } from './indexing.ts';

const A = 'stacca/2025-01-01-a';
const PINNED = { [`${A}/episode.md`]: episodeMd(['title: A', 'guid: urn:antico:7']), [`${A}/a.mp3`]: mp3() };
const HAND_MADE = { [`${A}/episode.md`]: episodeMd(['title: A']), [`${A}/a.mp3`]: mp3() };

async function itemGuids({ catalogue }: Pick<IndexedFolder, 'catalogue'>): Promise<string[]> {
  const entries = await catalogue.feedEntries({}, { limit: 100 }, Date.now());
  return entries.map(({ segment }) => segment.guid);
}

it.each<[string, (station: IndexedFolder) => Promise<unknown>]>([
  [
    'a new title',
    (station) =>
      station.put({ [`${A}/episode.md`]: episodeMd(['title: Un altro', 'guid: urn:antico:7']) }, 5),
  ],
  ['a renamed folder', ({ folder }) => rename(join(folder, A), join(folder, 'stacca/2025-02-02-b'))],
  ['a renamed file', ({ folder }) => rename(join(folder, `${A}/a.mp3`), join(folder, `${A}/z è.mp3`))],
  ['replaced audio', (station) => station.put({ [`${A}/a.mp3`]: mp3({ seconds: 3, salt: 9 }) }, 5)],
  ['a renamed show', ({ folder }) => rename(join(folder, 'stacca'), join(folder, 'attacca'))],
])(
  'keeps a guid that stands in the front matter through %s, and through a catalogue made anew',
  async (_, change) => {
    const station = await indexedFolder(PINNED);
    await station.indexer.scan();
    expect(await itemGuids(station)).toEqual(['urn:antico:7']);
    await change(station);
    await station.indexer.scan();
    expect(await itemGuids(station)).toEqual(['urn:antico:7']);
    expect(await itemGuids({ catalogue: await station.madeAnew() })).toEqual(['urn:antico:7']);
  },
);

it('gives a hand-made folder the same UUIDv5 every time, and warns that a new name would change it', async () => {
  const station = await indexedFolder(HAND_MADE);
  await station.indexer.scan();
  const [guid] = await itemGuids(station);
  expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  expect(await itemGuids({ catalogue: await station.madeAnew() })).toEqual([guid]);
  expect(await station.faults()).toEqual([`${A}/episode.md guid-unpinned`]);
});

it('pins a guid into the front matter, after which a new name does not change it', async () => {
  const station = await indexedFolder(HAND_MADE);
  await station.indexer.scan();
  const before = await itemGuids(station);
  expect(await pinGuids(station.archive, station.catalogue)).toEqual([`${A}/episode.md`]);
  expect(await readFile(join(station.folder, `${A}/episode.md`), 'utf8')).toBe(
    episodeMd(['title: A', `guid: ${before[0]}`]),
  );
  await rename(join(station.folder, A), join(station.folder, 'stacca/2025-02-02-b'));
  await station.indexer.scan();
  expect(await itemGuids(station)).toEqual(before);
  expect(await station.faults()).toEqual([]);
});

it('pins each of several segments, so that a further one moves none of them', async () => {
  const station = await indexedFolder({ ...HAND_MADE, [`${A}/b.mp3`]: mp3({ salt: 1 }) });
  await station.indexer.scan();
  const before = await itemGuids(station);
  await pinGuids(station.archive, station.catalogue);
  await station.put({ [`${A}/0-prima.mp3`]: mp3({ salt: 2 }) });
  await station.indexer.scan();
  expect(await itemGuids(station)).toEqual(expect.arrayContaining(before));
  expect(await itemGuids(station)).toHaveLength(3);
});

it('pins a folder that is nothing but audio by a text of its own', async () => {
  const station = await indexedFolder({ [`${A}/a.mp3`]: mp3({ title: 'Cassetta' }) });
  await station.indexer.scan();
  const [guid] = await itemGuids(station);
  await pinGuids(station.archive, station.catalogue);
  expect(await readFile(join(station.folder, `${A}/episode.md`), 'utf8')).toBe(`---\nguid: ${guid}\n---\n`);
  await station.indexer.scan();
  expect((await station.episode('2025-01-01-a'))?.title).toBe('Cassetta');
});

it('leaves out a copied folder and names it; the one that was there keeps the guid', async () => {
  const station = await indexedFolder(PINNED);
  await station.indexer.scan();
  // The copy sorts first, and claims to be as old.
  await cp(join(station.folder, A), join(station.folder, 'stacca/2024-01-01-copia'), {
    recursive: true,
    preserveTimestamps: true,
  });
  await station.indexer.scan();
  expect(await station.episode('2024-01-01-copia')).toBeUndefined();
  expect(await station.faults()).toEqual(['stacca/2024-01-01-copia/episode.md guid-twice']);
  expect(await itemGuids(station)).toEqual(['urn:antico:7']);
});

it('gives the guid to the older of two folders where nobody remembers which was first', async () => {
  const station = await indexedFolder(PINNED);
  const copy = join(station.folder, 'stacca/2024-01-01-copia');
  await cp(join(station.folder, A), copy, { recursive: true });
  const later = new Date(Date.now() - 1000_000);
  for (const name of ['episode.md', 'a.mp3']) await utimes(join(copy, name), later, later);
  await station.indexer.scan();
  expect(await station.faults()).toEqual(['stacca/2024-01-01-copia/episode.md guid-twice']);
  expect(await station.episode('2025-01-01-a')).toBeDefined();
});

it('takes the copy in when the first one goes', async () => {
  const station = await indexedFolder(PINNED);
  await station.indexer.scan();
  await cp(join(station.folder, A), join(station.folder, 'stacca/2025-03-03-copia'), {
    recursive: true,
    preserveTimestamps: true,
  });
  await station.indexer.scan();
  await rename(join(station.folder, A), join(station.folder, '.via'));
  await station.indexer.scan();
  expect(await itemGuids(station)).toEqual(['urn:antico:7']);
  expect(await station.episode('2025-03-03-copia')).toBeDefined();
  expect(await station.faults()).toEqual([]);
});

it('gives replaced audio a new address and the same guid', async () => {
  const station = await indexedFolder(PINNED);
  await station.indexer.scan();
  const before = (await station.episode('2025-01-01-a'))?.segments[0];
  await station.put({ [`${A}/a.mp3`]: mp3({ seconds: 2, salt: 4 }) }, 5);
  await station.indexer.scan();
  const after = (await station.episode('2025-01-01-a'))?.segments[0];
  expect(after?.guid).toBe(before?.guid);
  expect(after?.fingerprint).not.toBe(before?.fingerprint);
});
