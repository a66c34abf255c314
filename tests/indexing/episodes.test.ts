import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { createIndexer } from '../../src/indexing/indexer.ts';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { indexedFolder, prober } from './indexing.ts';

const jpeg = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#e8321a' } })
    .jpeg()
    .toBuffer();

it('takes title, date, cover, length and chapters from the audio of a folder that holds nothing else', async () => {
  const picture = { type: 'image/jpeg', bytes: await jpeg(40) };
  const chapters = [
    { start: 0, title: 'Uno' },
    { start: 3, title: 'Due' },
  ];
  const audio = mp3({ seconds: 6, title: 'Una cassetta', date: '2025-02-11', picture, chapters });
  const { indexer, episode, faults } = await indexedFolder({ 'stacca/cassetta/lato-a.mp3': audio });
  await indexer.scan();
  const found = await episode('cassetta');
  expect(found).toMatchObject({ title: 'Una cassetta', publishedAt: Date.parse('2025-02-11T00:00+01:00') });
  expect(found?.cover).toMatchObject({ width: 40, height: 40 });
  expect(found?.segments).toMatchObject([
    { seconds: 6, bytes: audio.length, type: 'audio/mpeg', chapters, chaptersFrom: 'audio' },
  ]);
  expect(await faults()).toEqual(['stacca/cassetta/episode.md guid-unpinned']);
});

it('prefers the date of the text to the folder’s, and the folder’s to the audio’s', async () => {
  const audio = mp3({ title: 'A', date: '2020-01-01' });
  const { indexer, episode } = await indexedFolder({
    'stacca/2021-02-03-a/a.mp3': audio,
    'stacca/2021-02-03-b/a.mp3': audio,
    'stacca/2021-02-03-b/episode.md': episodeMd(['title: B', 'date: 2022-03-04 10:00']),
  });
  await indexer.scan();
  expect((await episode('2021-02-03-a'))?.publishedAt).toBe(Date.parse('2021-02-03T00:00+01:00'));
  expect((await episode('2021-02-03-b'))?.publishedAt).toBe(Date.parse('2022-03-04T10:00+01:00'));
});

it('warns when nothing but the file’s own date is left', async () => {
  const { indexer, faults } = await indexedFolder({ 'stacca/a/a.mp3': mp3({ title: 'A' }) });
  await indexer.scan();
  expect(await faults()).toContain('stacca/a/episode.md date-from-file');
});

it('orders segments by the text, those without a link first, and gives each its companions', async () => {
  const body = 'Prima [due](due.mp3).\n\n[uno](uno.mp3)\n';
  const { indexer, episode } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A'], body),
    'stacca/2025-01-01-a/uno.mp3': mp3({ salt: 1, title: 'Segmento uno' }),
    'stacca/2025-01-01-a/due.mp3': mp3({ salt: 2 }),
    'stacca/2025-01-01-a/altro.mp3': mp3({ salt: 3 }),
    'stacca/2025-01-01-a/due.vtt': 'WEBVTT\n\n00:00.000 --> 00:00.500\nCiao\n',
    'stacca/2025-01-01-a/due.chapters.json':
      '{"version":"1.2.0","chapters":[{"startTime":0,"title":"Inizio"}]}',
  });
  await indexer.scan();
  const found = await episode('2025-01-01-a');
  expect(found?.segments.map(({ file, title }) => [file, title])).toEqual([
    ['altro.mp3', 'altro'],
    ['due.mp3', 'due'],
    ['uno.mp3', 'Segmento uno'],
  ]);
  expect(found?.segments[1]).toMatchObject({
    transcript: { file: 'due.vtt', language: 'it', cues: 1 },
    chaptersFrom: 'file',
  });
  expect(found?.articleHtml.match(/data-segment="\d" \/>/g)).toEqual(
    ['0', '1', '2'].map((at) => `data-segment="${at}" />`),
  );
});

it.each([
  ['broken YAML', { 'episode.md': '---\ntitle: [\n---\n' }, 'yaml-broken'],
  ['no title', { 'episode.md': episodeMd(['date: 2025-01-01']) }, 'title-missing'],
  ['a date that is none', { 'episode.md': episodeMd(['title: A', 'date: ieri']) }, 'date-invalid'],
  ['a status that is none', { 'episode.md': episodeMd(['title: A', 'status: bozza']) }, 'value-invalid'],
  [
    'text that is not UTF-8',
    { 'episode.md': Buffer.from('---\ntitle: citt\xe0\n---\n', 'latin1') },
    'text-not-utf8',
  ],
  ['50 MB of text', { 'episode.md': Buffer.alloc(50_000_000, 'a ') }, 'article-too-long'],
  ['HTML named .mp3', { 'audio.mp3': '<!doctype html><title>404</title>' }, 'audio-not-audio'],
  ['an empty file', { 'audio.mp3': '' }, 'audio-empty'],
])('leaves out an episode with %s, says so once, and serves its neighbours', async (_, files, code) => {
  const bad = Object.entries({ 'audio.mp3': mp3(), ...files }).map(([name, content]) => [
    `stacca/2025-01-02-b/${name}`,
    content,
  ]);
  const { indexer, episode, catalogue } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A', 'guid: a']),
    'stacca/2025-01-01-a/a.mp3': mp3(),
    ...Object.fromEntries(bad),
  });
  await indexer.scan();
  expect(await episode('2025-01-02-b')).toBeUndefined();
  expect(
    (await catalogue.faults()).filter(({ severity }) => severity === 'error').map((fault) => fault.code),
  ).toEqual([code]);
  expect(await episode('2025-01-01-a')).toBeDefined();
});

it('keeps the last good state while the text is broken, and takes the mended one', async () => {
  const { indexer, episode, put } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: Prima']),
    'stacca/2025-01-01-a/a.mp3': mp3(),
  });
  await indexer.scan();
  await put({ 'stacca/2025-01-01-a/episode.md': '---\ntitle: [\n---\n' });
  await indexer.refresh(['stacca/2025-01-01-a']);
  expect((await episode('2025-01-01-a'))?.title).toBe('Prima');
  await put({ 'stacca/2025-01-01-a/episode.md': episodeMd(['title: Dopo']) });
  await indexer.refresh(['stacca/2025-01-01-a']);
  expect((await episode('2025-01-01-a'))?.title).toBe('Dopo');
});

it('waits for audio that is still being copied, and publishes it by itself when it is whole', async () => {
  const whole = mp3({ seconds: 20 });
  const { indexer, episode, put, faults } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A']),
  });
  await put({ 'stacca/2025-01-01-a/a.mp3': whole.subarray(0, 30_001) }, 5);
  await indexer.scan();
  expect(await episode('2025-01-01-a')).toBeUndefined();
  expect(await faults()).toContain('stacca/2025-01-01-a/a.mp3 audio-being-copied');
  const due = indexer.due();
  expect(due?.keys).toEqual(['stacca/2025-01-01-a']);
  await put({ 'stacca/2025-01-01-a/a.mp3': whole }, 5);
  await indexer.refresh(due?.keys ?? []);
  expect((await episode('2025-01-01-a'))?.segments).toMatchObject([{ seconds: 20.016, bytes: whole.length }]);
  expect(indexer.due()).toBeUndefined();
});

it('publishes audio that was cut off long ago, with a warning', async () => {
  const { indexer, episode, faults } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A', 'guid: a']),
    'stacca/2025-01-01-a/a.mp3': mp3({ seconds: 20 }).subarray(0, 30_001),
  });
  await indexer.scan();
  expect(await episode('2025-01-01-a')).toBeDefined();
  expect(await faults()).toEqual(['stacca/2025-01-01-a/a.mp3 audio-incomplete']);
});

it('follows no link that leads out of the folder', async () => {
  const { folder, indexer, episode, faults } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A']),
  });
  await symlink('/etc/hostname', join(folder, 'stacca/2025-01-01-a/a.mp3'));
  await symlink('/etc/passwd', join(folder, 'stacca/2025-01-01-a/cover.jpg'));
  await indexer.scan();
  expect(await episode('2025-01-01-a')).toBeUndefined();
  expect(await faults()).toContain('stacca/2025-01-01-a/a.mp3 link-leads-out');
});

it('takes any picture as a cover, names one that is small, and does without one that is none', async () => {
  const one = await jpeg(1);
  const { indexer, episode, faults } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A', 'guid: a', 'coverAlt: Un punto']),
    'stacca/2025-01-01-a/a.mp3': mp3(),
    'stacca/2025-01-01-a/cover.jpg': one,
    'stacca/2025-01-02-b/episode.md': episodeMd(['title: B', 'guid: b']),
    'stacca/2025-01-02-b/b.mp3': mp3({ salt: 1 }),
    'stacca/2025-01-02-b/cover.png': 'nessuna immagine',
  });
  await indexer.scan();
  expect((await episode('2025-01-01-a'))?.cover).toMatchObject({ width: 1, height: 1, alt: 'Un punto' });
  const show = await (await indexedFolder({})).catalogue.show('stacca');
  expect(show).toBeUndefined();
  expect((await episode('2025-01-02-b'))?.cover.width).toBe(1400);
  expect(await faults()).toEqual([
    'stacca/2025-01-01-a/cover.jpg cover-small',
    'stacca/2025-01-02-b/cover.png cover-not-picture',
  ]);
});

it('reads only what changed', async () => {
  const { indexer, put } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A']),
    'stacca/2025-01-01-a/a.mp3': mp3(),
    'stacca/2025-01-02-b/episode.md': episodeMd(['title: B']),
    'stacca/2025-01-02-b/b.mp3': mp3({ salt: 1 }),
  });
  expect(await indexer.scan()).toMatchObject({ seen: 4, read: 4 });
  expect(await indexer.scan()).toMatchObject({ seen: 4, read: 0 });
  await put({ 'stacca/2025-01-02-b/episode.md': episodeMd(['title: B2']) }, 10);
  expect(await indexer.scan()).toMatchObject({ seen: 4, read: 1 });
});

it('reads the episodes again when the station’s clock changes', async () => {
  const { indexer, put, episode } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A', 'date: 2025-01-01 10:00']),
    'stacca/2025-01-01-a/a.mp3': mp3(),
  });
  await indexer.scan();
  await put({ 'station.md': '---\ntitle: Radio Prova\ntimezone: America/Lima\n---\n' }, 10);
  await indexer.refresh(['']);
  expect((await episode('2025-01-01-a'))?.publishedAt).toBe(Date.parse('2025-01-01T10:00-05:00'));
});

it('writes nothing of what is under way when it is stopped, so that the next start reads it whole', async () => {
  const { indexer, episode, catalogue } = await indexedFolder({
    'stacca/2025-01-01-a/episode.md': episodeMd(['title: A', 'guid: a']),
    'stacca/2025-01-01-a/a.mp3': mp3(),
  });
  const scan = indexer.scan();
  await indexer.stop();
  await scan;
  expect(await episode('2025-01-01-a')).toBeUndefined();
  expect(await catalogue.faults()).toEqual([]);
});

it('takes out episodes and shows that are gone, and keeps those of a show that cannot be looked into', async () => {
  const one = { 'episode.md': episodeMd(['title: A', 'guid: a']), 'a.mp3': mp3() };
  const files = Object.fromEntries(
    Object.entries(one).map(([name, content]) => [`stacca/2025-01-01-a/${name}`, content]),
  );
  const { folder, archive, catalogue, indexer, episode } = await indexedFolder({
    ...files,
    'altra/show.md': '---\ntitle: Altra\n---\n',
    'altra/2025-01-02-b/b.mp3': mp3({ title: 'B', salt: 1 }),
  });
  await indexer.scan();
  const unreadable = {
    ...archive,
    bundles: async function* () {
      for await (const bundle of archive.bundles())
        if (bundle.key === 'stacca') yield { ...bundle, files: [], unreadable: true };
        else if (!bundle.key.startsWith('stacca/')) yield bundle;
    },
  };
  await createIndexer({ archive: unreadable, catalogue, prober }).scan();
  expect(await episode('2025-01-01-a')).toBeDefined();

  await rm(join(folder, 'altra'), { recursive: true });
  await rm(join(folder, 'stacca/2025-01-01-a'), { recursive: true });
  expect(await indexer.scan()).toMatchObject({ removed: 3 });
  expect(await episode('2025-01-01-a')).toBeUndefined();
  expect(await catalogue.show('altra')).toBeUndefined();
});
