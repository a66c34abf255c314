import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textDifference } from '../../src/publishing/episodes/text-difference.ts';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { ada, carla, enzo, otto, refusalOf, rita, type TestStudio, testStudio } from './opened-publishing.ts';

const KEY = 'stacca/2025-01-10-vecchia';
const TEXT = episodeMd(['title: Vecchia', 'guid: g-1'], 'Uno due tre.\n');
const FILES = { [`${KEY}/episode.md`]: TEXT, [`${KEY}/voce.mp3`]: mp3() };

const byHand = (studio: TestStudio, text: string) =>
  writeFile(join(studio.episodes, KEY, 'episode.md'), text);

async function edited(studio: TestStudio, body: string): Promise<void> {
  const { id, content } = await studio.publishing.drafts.open(carla, KEY);
  await studio.publishing.drafts.save(carla, id, 1, { ...content, body });
  await studio.submit(id, 'publish', carla);
}

test('every text that an episode had is kept, whoever wrote it', async () => {
  const studio = await testStudio(FILES);
  const { episodes } = studio.publishing;
  await edited(studio, 'Uno due quattro.');
  await byHand(studio, TEXT.replace('Uno', 'Zero'));
  const versions = await episodes.versions(rita, KEY);
  expect(versions.map(({ reason, byName }) => [reason, byName])).toEqual([
    ['folder', ''],
    ['studio', 'Carla'],
    ['folder', ''],
  ]);
  expect(await episodes.versions(rita, KEY)).toEqual(versions);
  expect(await refusalOf(episodes.versions(otto, KEY))).toBe('not-allowed');
  const [, second, first] = versions;
  expect(await episodes.difference(rita, KEY, first?.id ?? 0, second?.id ?? 0)).toContainEqual({
    text: 'quattro',
    in: 'new',
  });
  expect(await episodes.difference(rita, KEY, first?.id ?? 0)).toContainEqual({ text: 'Zero', in: 'new' });
  expect(await refusalOf(episodes.difference(rita, KEY, 999))).toBe('not-found');
});

test('an earlier text comes back with one click; what apps know stays as it is', async () => {
  const studio = await testStudio(FILES);
  const { episodes } = studio.publishing;
  await edited(studio, 'Uno due quattro.');
  await episodes.setStatus(enzo, KEY, 'review');
  const first = (await episodes.versions(enzo, KEY)).at(-1);
  await episodes.restoreVersion(enzo, KEY, first?.id ?? 0);
  const text = await studio.text(`${KEY}/episode.md`);
  expect(text).toContain('Uno due tre.');
  expect(text).toContain('status: review\n');
  expect(text).toContain('guid: g-1\n');
  expect((await episodes.versions(enzo, KEY))[0]).toMatchObject({ reason: 'restore', byName: 'Enzo' });
  expect(await studio.publishing.journal.list(rita, { limit: 1, subject: KEY })).toMatchObject([
    { action: 'version-restored', byName: 'Enzo' },
  ]);
});

test('who may not publish changes nothing that is public, by whatever door', async () => {
  const studio = await testStudio(FILES);
  const { episodes, bin: binned } = studio.publishing;
  const [version] = await episodes.versions(rita, KEY);
  const tries = [
    () => episodes.restoreVersion(rita, KEY, version?.id ?? 0),
    () => episodes.setStatus(rita, KEY, 'draft'),
    () => episodes.withdraw(rita, KEY),
    () => episodes.bin(rita, KEY),
    () => episodes.move(rita, KEY, 'altra'),
    () => episodes.move(carla, KEY, 'altra'),
    () => studio.publishing.journal.list(rita, { limit: 9 }),
    () => studio.publishing.shows.save(enzo, 'stacca', '', {}, ''),
    () => studio.publishing.station.settings(enzo),
  ];
  for (const attempt of tries) expect(await refusalOf(attempt())).toBe('not-allowed');
  expect(await studio.text(`${KEY}/episode.md`)).toBe(TEXT);
  expect(await binned.list(rita)).toEqual([]);
});

test('a front matter that somebody broke by hand is put right by going back', async () => {
  const studio = await testStudio(FILES);
  const { episodes, drafts } = studio.publishing;
  await studio.indexer.scan();
  const [good] = await episodes.versions(ada, KEY);
  await byHand(studio, '---\ntitle: "Vecchia\n---\n');
  expect(await refusalOf(drafts.open(ada, KEY))).toBe('value-wrong');
  await episodes.restoreVersion(ada, KEY, good?.id ?? 0);
  expect(await studio.text(`${KEY}/episode.md`)).toBe(TEXT);
});

test('a change of status alone does not stand in a draft’s way; another text does', async () => {
  const studio = await testStudio(FILES);
  const { drafts, episodes } = studio.publishing;
  const { id, content } = await drafts.open(carla, KEY);
  await drafts.save(carla, id, 1, { ...content, summary: 'In breve.' });
  await episodes.setStatus(enzo, KEY, 'draft');
  await studio.submit(id, 'save', carla);
  const text = await studio.text(`${KEY}/episode.md`);
  expect(text).toContain('status: draft\n');
  expect(text).toContain('summary: In breve.\n');

  const again = await drafts.open(carla, KEY);
  await drafts.save(carla, again.id, 1, { ...again.content, summary: 'Altro.' });
  const first = (await episodes.versions(enzo, KEY)).at(-1);
  await episodes.restoreVersion(enzo, KEY, first?.id ?? 0);
  expect((await studio.submit(again.id, 'save', carla))[0]?.problem?.code).toBe('folder-changed');
});

test('a difference puts both texts together, also of texts that are long or have nothing in common', () => {
  const words = (salt: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${salt}${at % 7}${at}`).join(' ');
  const lines = (salt: string) => Array.from({ length: 9_000 }, (_, at) => `${salt} ${at} parole`).join('\n');
  for (const [before, after] of [
    ['', 'nuovo'],
    ['Il gatto dorme.\n', 'Il cane dorme!\n'],
    [words('a', 5_000), words('b', 5_000)],
    [lines('a'), lines('a').replace('a 500 parole', 'b 500 parole')],
    [lines('a'), lines('b')],
  ] as const) {
    const parts = textDifference(before, after);
    const without = (side: 'old' | 'new') =>
      parts
        .filter((part) => part.in !== side)
        .map(({ text }) => text)
        .join('');
    expect(without('new') === before).toBe(true);
    expect(without('old') === after).toBe(true);
  }
  expect(textDifference('Il gatto dorme.', 'Il cane dorme.')).toEqual([
    { text: 'Il ', in: 'both' },
    { text: 'gatto', in: 'old' },
    { text: 'cane', in: 'new' },
    { text: ' dorme.', in: 'both' },
  ]);
});
