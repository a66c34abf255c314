import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRecords } from '../../src/records/records.ts';
import { mp3 } from '../fixtures/audio.ts';
import { eventually, keepStation, runStation } from '../fixtures/running-station.ts';
import { episodeMd, putFiles, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';

const ARTICLE = `La notizia del nuovo modello cinese ha sorpreso chi segue l’Intelligenza Artificiale.

[Gilberto, Stacca Stacca](gilberto.mp3)

Ne parliamo [dal primo minuto](gilberto.mp3#t=0:02) con Gilberto.
`;
const NEW_EPISODE = {
  'gilberto.mp3': mp3({ seconds: 5 }),
  'episode.md': episodeMd(
    [
      'title: Un momento Sputnik?',
      'summary: Un modello che costa venti volte meno.',
      'byline: da Radio Prova',
      'categories: [Conflitti Globali]',
      'tags: [cina, deep seek, intelligenza artificiale]',
    ],
    ARTICLE,
  ),
};

const older = (slug: string, title: string, salt: number) => ({
  [`stacca-stacca/${slug}/episode.md`]: episodeMd([`title: ${title}`, `guid: ${slug}`]),
  [`stacca-stacca/${slug}/a.mp3`]: mp3({ salt }),
});

let running: Awaited<ReturnType<typeof keepStation>>;
beforeAll(async () => {
  running = await keepStation({
    'station.md': STATION,
    'stacca-stacca/show.md': SHOW,
    ...older('2024-01-01-prima', 'Prima puntata', 1),
    ...older('2024-01-02-altra', 'Altra puntata', 2),
  });
});
afterAll(() => running.close());

const PATH = '/shows/stacca-stacca/2025-01-30-sputnik';
const contains = (word: string) => (text: string) => text.includes(word);
const items = async (path = '/feed.xml') => parseRssFeed(await running.text(path)).items ?? [];
const item = async (guid: string) => (await items()).find((one) => one.guid?.value === guid);

it('publishes a folder that is dropped in: home, page, feeds and search', async () => {
  expect(await running.text('/')).toContain('Prima puntata');
  const made = await temporaryFolder();
  await putFiles(made, NEW_EPISODE);
  await cp(made, join(running.episodesDir, 'stacca-stacca/2025-01-30-sputnik'), { recursive: true });

  expect(await eventually(() => running.text('/'), contains('Un momento Sputnik?'))).toContain(PATH);
  const page = await running.text(PATH);
  const audio = /<audio[^>]*><source src="([^"]+)"/.exec(page)?.[1] ?? '';
  expect(page).toContain('da Radio Prova');
  expect((await running.get(audio)).headers.get('content-length')).toBe(
    String(NEW_EPISODE['gilberto.mp3'].length),
  );
  for (const feed of ['/feed.xml', '/shows/stacca-stacca/feed.xml']) {
    const [first] = await items(feed);
    expect(first?.title).toBe('Un momento Sputnik?');
    expect(new URL(first?.enclosures?.[0]?.url ?? '').pathname).toBe(audio);
  }
  for (const question of ['intelligenze artificiali', 'deepseek'])
    expect(await running.text(`/search?q=${encodeURIComponent(question)}`)).toContain(PATH);
});

it('shows an edit, a renamed folder and a removal, and lets no old address die', async () => {
  const old = join(running.episodesDir, 'stacca-stacca/2024-01-01-prima');
  await putFiles(old, { 'episode.md': episodeMd(['title: Titolo nuovo', 'guid: 2024-01-01-prima']) }, 1);
  await eventually(() => running.text('/feed.xml'), contains('Titolo nuovo'));

  const before = await item('2024-01-01-prima');
  const oldAudio = before?.enclosures?.[0]?.url ?? '';
  await rename(old, join(running.episodesDir, 'stacca-stacca/2024-01-01-seconda'));
  await eventually(() => running.text('/feed.xml'), contains('2024-01-01-seconda'));
  const after = await item('2024-01-01-prima');
  expect(after?.link).toContain('2024-01-01-seconda');
  const moved = await running.get('/shows/stacca-stacca/2024-01-01-prima');
  expect([moved.status, moved.headers.get('location')]).toEqual([
    301,
    '/shows/stacca-stacca/2024-01-01-seconda',
  ]);
  const followed = await fetch(oldAudio);
  expect([followed.status, followed.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);

  await rm(join(running.episodesDir, 'stacca-stacca/2024-01-01-seconda'), { recursive: true });
  await eventually(
    () => running.get('/shows/stacca-stacca/2024-01-01-seconda'),
    ({ status }) => status === 404,
  );
  expect(await item('2024-01-01-prima')).toBeUndefined();
});

it('gives replaced audio a new address, and goes on answering at the old one', async () => {
  const before = await item('2024-01-02-altra');
  const oldUrl = before?.enclosures?.[0]?.url ?? '';
  const other = mp3({ seconds: 7, salt: 3 });
  await putFiles(running.episodesDir, { 'stacca-stacca/2024-01-02-altra/a.mp3': other }, 2);
  const after = await eventually(
    () => item('2024-01-02-altra'),
    (one) => one?.enclosures?.[0]?.url !== oldUrl,
  );
  expect(after?.enclosures?.[0]).toMatchObject({ length: other.length, type: 'audio/mpeg' });
  const head = await fetch(after?.enclosures?.[0]?.url ?? '', { method: 'HEAD', redirect: 'manual' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(other.length)]);
  expect(new Uint8Array(await (await fetch(oldUrl)).arrayBuffer())).toEqual(new Uint8Array(other));
});

it('never shows a draft, and shows a scheduled episode from its second on', async () => {
  const soon = new Date(Date.now() + 2_500);
  await putFiles(running.episodesDir, {
    'stacca-stacca/bozza/episode.md': episodeMd(['title: Una bozza', 'date: 2024-02-02', 'status: draft']),
    'stacca-stacca/bozza/a.mp3': mp3({ salt: 5 }),
    'stacca-stacca/tra-poco/episode.md': episodeMd(['title: Tra poco', `date: ${soon.toISOString()}`]),
    'stacca-stacca/tra-poco/a.mp3': mp3({ salt: 6 }),
    'stacca-stacca/adesso/episode.md': episodeMd(['title: Adesso', 'date: 2024-03-03']),
    'stacca-stacca/adesso/a.mp3': mp3({ salt: 7 }),
  });
  const early = await eventually(() => running.text('/feed.xml'), contains('Adesso'));
  if (Date.now() < soon.getTime()) expect(early).not.toContain('Tra poco');
  await eventually(() => running.text('/feed.xml'), contains('Tra poco'));
  expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(soon.getTime() / 1000) * 1000);
  expect((await running.get('/shows/stacca-stacca/tra-poco')).status).toBe(200);
  for (const path of ['/', '/feed.xml', '/search?q=bozza', '/sitemap.xml'])
    expect(await running.text(path)).not.toContain('/bozza');
  expect((await running.get('/shows/stacca-stacca/bozza')).status).toBe(404);
});

it('writes into the outbox what became public, by a folder or by its second, and not what was there before', async () => {
  await putFiles(running.episodesDir, {
    'stacca-stacca/a-mano/episode.md': episodeMd(['title: A mano', 'guid: a-mano', 'date: 2024-04-04']),
    'stacca-stacca/a-mano/a.mp3': mp3({ salt: 21 }),
    'stacca-stacca/fra-due/episode.md': episodeMd([
      'title: Fra due secondi',
      'guid: fra-due',
      `date: ${new Date(Date.now() + 2_000).toISOString()}`,
    ]),
    'stacca-stacca/fra-due/a.mp3': mp3({ salt: 22 }),
  });
  const records = await openRecords(running.dataDir);
  const toTell = async () => {
    const rows = await records.db.selectFrom('outbox').selectAll().where('told_at', 'is', null).execute();
    return rows.map(({ guid }) => guid);
  };
  const found = await eventually(toTell, (guids) => guids.includes('a-mano') && guids.includes('fra-due'));
  records.close();
  expect(found).not.toContain('2024-01-01-prima');
});

it('answers the same bytes with the same ETag from every process and after a restart', async () => {
  const folder = await temporaryFolder();
  await putFiles(folder, {
    'station.md': STATION,
    's/show.md': SHOW,
    's/2024-01-01-a/a.mp3': mp3({ title: 'A' }),
  });
  const settings = { PUBLIC_URL: 'https://radio.example' };
  const [one, two] = await Promise.all([
    runStation(folder, settings),
    runStation(folder, { ...settings, TZ: 'Asia/Tokyo', LC_ALL: 'C' }),
  ]);
  for (const path of ['/feed.xml', '/s', '/opml.xml', '/']) {
    const [first, second] = [await one.get(path), await two.get(path)];
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await second.text()).toBe(await first.text());
  }
  const etag = (await one.get('/feed.xml')).headers.get('etag') ?? '';
  expect((await two.get('/feed.xml', { headers: { 'If-None-Match': etag } })).status).toBe(304);
});
