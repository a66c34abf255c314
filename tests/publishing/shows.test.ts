import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { ada, carla, enzo, refusalOf, testStudio } from './opened-publishing.ts';

const SHOW_MD = `---
# la prima
title: "Stacca Stacca"
hosts:
  - name: Ada
    url: https://ada.example/
    img: https://ada.example/ada.jpg
  - Enzo
explicit: false
x-mia: resta
guid: 22222222-2222-5222-8222-222222222222
---
Ogni giovedì.
`;

test('a show’s settings are edited, and nothing else of its file', async () => {
  const studio = await testStudio({ 'stacca/show.md': SHOW_MD });
  const { shows } = studio.publishing;
  const { form, body, hash } = await shows.settings(ada, 'stacca');
  expect(form).toMatchObject({
    title: 'Stacca Stacca',
    description: '',
    explicit: 'no',
    complete: '',
    hosts: 'Ada <https://ada.example/>\nEnzo',
  });
  expect(body).toBe('Ogni giovedì.');
  expect(form.guid).toBeUndefined();
  await shows.save(ada, 'stacca', hash, { ...form, hosts: `${form.hosts}\r\nRita` }, `${body}\r\n`);
  expect(await studio.text('stacca/show.md')).toBe(SHOW_MD.replace('- Enzo\n', '- Enzo\n  - Rita\n'));
  // The form of before is of another file now.
  const late = { ...form, title: 'Tardi' };
  expect(await refusalOf(shows.save(ada, 'stacca', hash, late, body))).toBe('folder-changed');
  const now = await shows.settings(ada, 'stacca');
  await shows.save(ada, 'stacca', now.hash, { explicit: 'yes' }, 'Ogni venerdì.');
  expect(await studio.text('stacca/show.md')).toContain('explicit: true\n');
  expect(await studio.text('stacca/show.md')).toContain('---\n\nOgni venerdì.\n');
  expect(await refusalOf(shows.settings(ada, 'nessuna'))).toBe('not-found');
  expect(await refusalOf(shows.settings(ada, '..'))).toBe('not-found');
});

test('a setting that is wrong is refused, and nothing written', async () => {
  const studio = await testStudio({ 'stacca/show.md': SHOW_MD });
  const { shows } = studio.publishing;
  const { form, body, hash } = await shows.settings(ada, 'stacca');
  const refused = (given: Record<string, string>) =>
    refusalOf(shows.save(ada, 'stacca', hash, { ...form, ...given }, body));
  expect(await refused({ title: ' ' })).toBe('title-missing');
  for (const [field, value] of [
    ['category', 'Cose'],
    ['colour', 'rosso'],
    ['explicit', 'boh'],
    ['link', 'javascript:alert(1)'],
  ] as const)
    expect(await refused({ [field]: value })).toBe('value-wrong');
  expect(await studio.text('stacca/show.md')).toBe(SHOW_MD);
});

test('the station’s settings are edited; its versions and the journal tell of it', async () => {
  const studio = await testStudio();
  const { station, journal } = studio.publishing;
  const { form, body, hash } = await station.settings(ada);
  const support = 'https://radio.example/sostieni Sostieni la radio';
  const links = 'Diretta: https://radio.example/live\nMastodon: https://social.example/@radio';
  await station.save(ada, hash, { ...form, support, links }, body);
  const text = await studio.text('station.md');
  expect(text).toContain('links:\n  Diretta: https://radio.example/live\n');
  expect((await station.settings(ada)).form).toMatchObject({ support, links, title: 'Radio Prova' });
  expect(await journal.list(ada, { limit: 1 })).toMatchObject([{ action: 'station-saved', byName: 'Ada' }]);
  const versions = await studio.records.db.selectFrom('versions').select(['guid', 'reason']).execute();
  expect(versions).toEqual([
    { guid: 'station', reason: 'folder' },
    { guid: 'station', reason: 'studio' },
  ]);
});

test('a new show has its guid in its file from the beginning', async () => {
  const studio = await testStudio();
  const { shows } = studio.publishing;
  await shows.create(ada, 'nuova', { title: 'Nuova', category: 'News > Politics' }, 'Una prova.');
  expect(await studio.text('nuova/show.md')).toMatch(
    /^---\ntitle: Nuova\ncategory: News > Politics\nguid: [0-9a-f-]{36}\n---\n\nUna prova.\n$/,
  );
  expect(await refusalOf(shows.create(ada, 'nuova', { title: 'Altra' }, ''))).toBe('already-there');
  for (const slug of ['', '..', 'Con Spazi', 'a/b', 'x'.repeat(90)])
    expect(await refusalOf(shows.create(ada, slug, { title: 'No' }, ''))).toBe('name-refused');
  expect(await refusalOf(shows.create(ada, 'altra-ancora', { title: '' }, ''))).toBe('title-missing');
  expect(await refusalOf(shows.create(enzo, 'di-enzo', { title: 'No' }, ''))).toBe('not-allowed');
  // An episode can go into it at once, before it is indexed.
  await studio.submit(await studio.draftWithSound({ show: 'nuova' }), 'publish');
  expect(await studio.files('nuova')).toEqual(['2025-01-30-sputnik', 'show.md']);
});

test('a cover is replaced, whatever it was called; what is no picture is refused', async () => {
  const picture = sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } });
  const png = await picture.png().toBuffer();
  const studio = await testStudio({ 'stacca/copertina.png': png });
  const { shows } = studio.publishing;
  await shows.setCover(ada, 'stacca', png);
  expect(await studio.files('stacca')).toEqual(['cover.jpg', 'show.md']);
  expect((await readdir(join(studio.dataDir, 'originals'))).join()).toContain('copertina.png');
  await shows.setCover(ada, undefined, png);
  expect(await studio.files('')).toContain('cover.jpg');
  expect(await refusalOf(shows.setCover(ada, 'stacca', Buffer.from('<svg/>')))).toBe('picture-refused');
  expect(await refusalOf(shows.setCover(enzo, 'stacca', png))).toBe('not-allowed');
});

test('a renamed show is the same to every app, with its episodes, drafts, bin and people', async () => {
  const studio = await testStudio({
    'stacca/show.md': '---\ntitle: Stacca Stacca\n---\n',
    'stacca/2025-01-10-vecchia/episode.md': episodeMd(['title: Vecchia']),
    'stacca/2025-01-10-vecchia/voce.mp3': mp3(),
    'stacca/2025-01-11-cestinata/episode.md': episodeMd(['title: Cestinata', 'guid: g-2']),
    'stacca/2025-01-11-cestinata/voce.mp3': mp3({ salt: 3 }),
  });
  const { shows, drafts, bin: binned, episodes } = studio.publishing;
  await studio.indexer.scan();
  const before = await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-10-vecchia');
  const feed = (await studio.catalogue.show('stacca'))?.guid;
  await episodes.bin(ada, 'stacca/2025-01-11-cestinata');
  await studio.work();
  const edit = await drafts.open(ada, 'stacca/2025-01-10-vecchia');
  const fresh = await drafts.create(carla, { show: 'stacca', title: 'Nuova' });
  await studio.records.db
    .insertInto('accounts')
    .values({
      id: 'a-carla',
      email: 'carla@radio.example',
      name: 'Carla',
      role: 'contributor',
      may_publish: 1,
      language: 'it',
      password: null,
      created_at: 0,
      disabled_at: null,
    })
    .execute();
  await studio.records.db
    .insertInto('account_shows')
    .values({ account_id: 'a-carla', show: 'stacca' })
    .execute();
  await studio.indexer.scan();

  await shows.rename(ada, 'stacca', 'attacca');
  await studio.work();
  await studio.indexer.scan();
  expect((await studio.catalogue.show('attacca'))?.guid).toBe(feed);
  const after = await studio.catalogue.episodeOfAnyStatus('attacca', '2025-01-10-vecchia');
  expect(after?.segments.map(({ guid }) => guid)).toEqual(before?.segments.map(({ guid }) => guid));
  const now = Date.now();
  expect(await studio.catalogue.redirectFor('/shows/stacca/feed.xml', now)).toBe('/shows/attacca/feed.xml');
  expect(await studio.catalogue.redirectFor('/shows/stacca/2025-01-10-vecchia', now)).toBe(
    '/shows/attacca/2025-01-10-vecchia',
  );
  expect(await studio.text('attacca/2025-01-10-vecchia/episode.md')).toContain('- /shows/stacca/2025-01-10-');
  expect((await drafts.get(ada, fresh.id)).content.show).toBe('attacca');
  expect(await drafts.get(ada, edit.id)).toMatchObject({ episode: 'attacca/2025-01-10-vecchia' });
  await studio.submit(edit.id, 'save');
  const owned = await studio.records.db.selectFrom('account_shows').select('show').execute();
  expect(owned).toEqual([{ show: 'attacca' }]);
  const [entry] = await binned.list(ada);
  expect(entry?.episode).toBe('attacca/2025-01-11-cestinata');
  await binned.restore(ada, entry?.id ?? '');
  await studio.work();
  expect(await studio.files('attacca')).toContain('2025-01-11-cestinata');
  expect(await refusalOf(shows.rename(ada, 'attacca', 'altra'))).toBe('already-there');
  // Its old address leads on, so that no other show may have it.
  expect(await refusalOf(shows.create(ada, 'stacca', { title: 'Altra' }, ''))).toBe('already-there');
});

test('a file that somebody broke by hand is said to be, and not written over', async () => {
  const studio = await testStudio();
  await writeFile(join(studio.episodes, 'stacca', 'show.md'), '---\ntitle: "Stacca\n---\n');
  expect(await refusalOf(studio.publishing.shows.settings(ada, 'stacca'))).toBe('value-wrong');
});
