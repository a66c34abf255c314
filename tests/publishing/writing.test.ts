import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Archive } from '../../src/archive/archive.ts';
import { NotWritable } from '../../src/archive/archive-errors.ts';
import { fileFingerprint } from '../../src/audio/fingerprint.ts';
import { readEpisodeFile } from '../../src/model/front-matter/episode-file.ts';
import type { DraftContent } from '../../src/publishing/drafts/draft.ts';
import { mp3, wav } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { killable, killedAt, momentsOf } from './killable.ts';
import { ada, carla, hasBytes, refusalOf, type TestStudio, testStudio } from './opened-publishing.ts';

const NEW = 'stacca/2025-01-30-sputnik';
const OLD = 'stacca/2025-01-10-vecchia';

const edit = async (
  { publishing }: TestStudio,
  change: (content: DraftContent) => Partial<DraftContent>,
  episode = OLD,
) => {
  const { id, content, revision } = await publishing.drafts.open(ada, episode);
  await publishing.drafts.save(ada, id, revision, { ...content, ...change(content) });
  return id;
};
const segment = (file: string, upload: string, guid?: string) => ({
  file,
  upload,
  title: '',
  voice: 'auto' as const,
  ...(guid !== undefined && { guid }),
});

test('a sound that is published as it came gets its waveform when it is out', async () => {
  const studio = await testStudio();
  const id = await studio.draftWithSound();
  const [upload] = await studio.uploads.ofDraft(id);
  if (upload === undefined) throw new Error('no upload');
  // Who makes sounds ready has not the time for that of a file that stays as it is.
  await rm(studio.uploads.peaksPath(upload), { force: true });
  expect((await studio.submit(id, 'publish')).map(({ kind }) => kind)).toEqual(['write', 'draw']);
  const fingerprint = await fileFingerprint(join(studio.episodes, NEW, 'voce.mp3'));
  expect(await readdir(join(studio.dataDir, 'peaks'))).toEqual([`${fingerprint}.peaks`]);
});

test('a new episode is a folder of its own with its guid in it, and the draft is gone', async () => {
  const studio = await testStudio();
  const { publishing, dataDir } = studio;
  const id = await studio.draftWithSound({ body: 'Ciao, [voce](voce.mp3).\n\n\n', tags: ['ia', 'ia'] });
  expect(await studio.submit(id, 'publish')).toMatchObject([{ kind: 'write', result: { episode: NEW } }]);
  expect(await studio.text(`${NEW}/episode.md`)).toBe(
    `---\ntitle: Sputnik\ndate: 2025-01-30T18:00:00+01:00\ntags:\n  - ia\nguid: ${id}\n---\n\nCiao, [voce](voce.mp3).\n`,
  );
  expect(await studio.files(NEW)).toEqual(['episode.md', 'voce.mp3']);
  // What keeps to the house rules already is published bit for bit.
  expect(await hasBytes(join(studio.episodes, NEW, 'voce.mp3'), mp3({ seconds: 2 }))).toBe(true);
  expect(await refusalOf(publishing.drafts.get(ada, id))).toBe('not-found');
  expect(await studio.uploads.ofDraft(id)).toEqual([]);
  expect((await readdir(join(dataDir, 'originals'))).join()).toContain('voce.mp3');
  const fingerprint = await fileFingerprint(join(studio.episodes, NEW, 'voce.mp3'));
  expect(await readdir(join(dataDir, 'peaks'))).toEqual([`${fingerprint}.peaks`]);
  const [entry] = await publishing.journal.list(ada, { limit: 1 });
  expect(entry).toMatchObject({ action: 'episode-published', subject: NEW, byName: 'Ada', via: 'studio' });
  expect(await publishing.episodes.versions(ada, NEW)).toMatchObject([{ reason: 'studio', byName: 'Ada' }]);
  // After a crash between the end and the word that it is done, the job comes again.
  await studio.jobs.add('write', id);
  expect(await studio.work()).toMatchObject([{ kind: 'write', result: { episode: NEW } }]);
  expect(await publishing.journal.list(ada, { limit: 9 })).toHaveLength(1);
});

test('names that are taken already are counted, and a folder’s name has the day of the station', async () => {
  const studio = await testStudio();
  studio.clock.now = Date.parse('2025-01-30T23:30:00Z');
  for (const title of ['Città: «Fuori»!', 'Città fuori', '🎧']) {
    await studio.submit(await studio.draftWithSound({ title }), 'publish');
  }
  const dated = await studio.draftWithSound({ title: 'Dopo', date: '2025-06-01T09:30' });
  await studio.submit(dated, 'publish');
  expect(await studio.files('stacca')).toEqual([
    ...['2025-01-31-città-fuori', '2025-01-31-città-fuori-2'].map((name) => name.replace('à', 'a')),
    ...['2025-01-31-f09f8ea7', '2025-06-01-dopo', 'show.md'],
  ]);
  expect(await studio.text('stacca/2025-06-01-dopo/episode.md')).toContain(
    'date: 2025-06-01T09:30:00+02:00\n',
  );
});

test('what is made here is tagged: with its title, show, chapters and cover', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  const { id, content } = await drafts.create(ada, { show: 'stacca', title: 'Due voci' });
  const first = await studio.upload(id, 'gilberto.wav', wav());
  const second = await studio.upload(id, 'marta.wav', wav({ seconds: 2 }));
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } }).png();
  const cover = await studio.upload(id, 'foto.png', await picture.toBuffer());
  await studio.work();
  const body = '[Gilberto](gilberto.wav)\n\n## [0:01](<gilberto.wav#t=0:01>) Uno';
  const segments = [segment('gilberto.wav', first), segment('marta.wav', second)];
  await drafts.save(ada, id, 1, { ...content, body, segments, cover: { upload: cover, alt: 'Rosso' } });
  await studio.submit(id, 'publish');

  const key = 'stacca/2025-01-30-due-voci';
  expect(await studio.files(key)).toEqual(['cover.jpg', 'episode.md', 'gilberto.mp3', 'marta.mp3']);
  const text = await studio.text(`${key}/episode.md`);
  expect(text).toContain('[Gilberto](gilberto.mp3)\n\n## [0:01](gilberto.mp3#t=0:01) Uno');
  expect(text).toContain('coverAlt: Rosso\n');
  expect(text).not.toContain('cover:');
  // Of several, each is pinned; the first is what the episode is.
  expect(readEpisodeFile(text, key).values).toMatchObject({
    guid: id,
    segments: [
      { file: 'gilberto.mp3', guid: id },
      { file: 'marta.mp3', guid: second },
    ],
  });
  await studio.indexer.scan();
  const episode = await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-30-due-voci');
  expect(episode?.segments).toMatchObject([
    { title: 'gilberto', chapters: [{ start: 1, title: 'Uno' }], chaptersFrom: 'audio' },
    { title: 'marta', chapters: [] },
  ]);
});

test('a cover is cut as somebody sees it, however the camera was held', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  // Seen upright: 200 × 300, blue above, red below.
  const lying = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })
    .composite([
      {
        input: {
          create: { width: 150, height: 200, channels: 3, background: 'blue' },
        },
        left: 0,
        top: 0,
      },
    ])
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 100 })
    .toBuffer();
  const id = await studio.draftWithSound();
  const cover = await studio.upload(id, 'foto.jpg', lying);
  await studio.work();
  const { content, revision } = await drafts.get(ada, id);
  const crop = { x: 0, y: 0.5, size: 0.75 };
  await drafts.save(ada, id, revision, { ...content, cover: { upload: cover, alt: '', crop } });
  await studio.submit(id, 'publish');
  const { data, info } = await sharp(join(studio.episodes, NEW, 'cover.jpg'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 150, height: 150 });
  const middle = (75 * 150 + 75) * 3;
  const [red = 0, , blue = 0] = data.subarray(middle);
  expect(red).toBeGreaterThan(240);
  expect(blue).toBeLessThan(20);
});

const HAND_MADE = [
  '---',
  '# fatta a mano',
  'title: "Vecchia"   # il titolo',
  'x-mia: [1, 2]',
  'tags: uno, due',
  'date: 2025-01-10',
  'guid: guid-vecchia',
  'segments:',
  '  - file: voce.mp3',
  '    title: La voce # sua',
  '    x-altro: sì',
  '---',
  '',
  '',
  'Testo *suo*,   con spazi.  ',
  '',
].join('\r\n');

test('an edit changes what it is about and no other byte', async () => {
  const studio = await testStudio({ [`${OLD}/episode.md`]: HAND_MADE, [`${OLD}/voce.mp3`]: mp3() });
  await studio.submit(await edit(studio, () => ({ summary: 'In breve.' })), 'publish');
  expect(await studio.text(`${OLD}/episode.md`)).toBe(
    HAND_MADE.replace('sì\r\n---', 'sì\r\nsummary: In breve.\r\n---'),
  );
  await studio.submit(
    await edit(studio, () => ({ summary: '', title: 'Nuova', body: 'Uno\n\ndue' })),
    'save',
  );
  expect(await studio.text(`${OLD}/episode.md`)).toBe(
    HAND_MADE.replace('"Vecchia"', 'Nuova').replace(/\r\n\r\n\r\nTesto.*/s, '\r\n\r\nUno\r\n\r\ndue\r\n'),
  );
  // A text area ends its lines in its own way, and that is no edit.
  const again = await edit(studio, ({ body }) => ({ body: `${body.replaceAll('\n', '\r\n')}\r\n` }));
  const before = await studio.text(`${OLD}/episode.md`);
  await studio.submit(again, 'save');
  expect(await studio.text(`${OLD}/episode.md`)).toBe(before);
});

test.each([
  ['one sound', ['voce.mp3'], ['title: Vecchia']],
  ['several', ['a.mp3', 'b.mp3'], ['title: Vecchia']],
  ['several, of which one is pinned', ['a.mp3', 'b.mp3'], ['title: V', 'guid: guid-vecchia']],
  ['no text at all', ['voce.mp3'], undefined],
])('guids that stood nowhere are written down when an episode is edited: %s', async (_, sounds, lines) => {
  const files = Object.fromEntries(
    sounds.map((name, salt) => [`${OLD}/${name}`, mp3({ salt, title: 'Dal nastro' })]),
  );
  const studio = await testStudio({
    ...files,
    ...(lines !== undefined && { [`${OLD}/episode.md`]: episodeMd(lines) }),
  });
  const guids = async () => {
    await studio.indexer.scan();
    const episode = await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-10-vecchia');
    return episode?.segments.map(({ guid }) => guid);
  };
  const before = await guids();
  expect(before).toHaveLength(sounds.length);
  await studio.submit(await edit(studio, () => ({ summary: 'Altro.' })), 'publish');
  expect(await guids()).toEqual(before);
  expect((await studio.catalogue.faults()).map(({ code }) => code)).not.toContain('guid-unpinned');
  // It was out before: its date is that of its folder, and stays so.
  expect(await studio.text(`${OLD}/episode.md`)).not.toContain('date:');
});

const TWO = {
  [`${OLD}/episode.md`]: episodeMd(
    ['title: Vecchia', 'guid: g-1', 'segments:', '  - file: a.wav', '  - file: b.mp3', '    guid: g-2'],
    'Prima [a](a.wav), poi [b](b.mp3#t=0:01).\n',
  ),
  [`${OLD}/a.wav`]: wav(),
  [`${OLD}/a.vtt`]: 'WEBVTT\n\n00:00.000 --> 00:01.000\nCiao\n',
  [`${OLD}/b.mp3`]: mp3({ seconds: 2, salt: 1 }),
  [`${OLD}/appunti.txt`]: 'da non toccare',
};

/** Replaces `a.wav`, takes `b.mp3` and the transcript out, adds `c.mp3`. */
async function muchChanged(studio: TestStudio): Promise<string> {
  const { drafts } = studio.publishing;
  const { id, content } = await drafts.open(ada, OLD);
  const a = await studio.upload(id, 'nuova-a.mp3', mp3({ seconds: 3, salt: 2 }));
  const c = await studio.upload(id, 'c.mp3', mp3({ seconds: 3, salt: 3 }));
  await studio.work();
  await drafts.save(ada, id, 1, {
    ...content,
    body: content.body.replace('poi', 'mai'),
    segments: [segment('nuova-a.mp3', a, 'g-1'), segment('c.mp3', c)],
    files: [],
  });
  return c;
}

test('replaced sound keeps its name, guid and links; what goes is kept aside', async () => {
  const studio = await testStudio(TWO);
  const c = await muchChanged(studio);
  const { id } = await studio.publishing.drafts.open(ada, OLD);
  await studio.submit(id, 'publish');
  expect(await studio.files(OLD)).toEqual(['a.mp3', 'appunti.txt', 'c.mp3', 'episode.md']);
  expect(await hasBytes(join(studio.episodes, OLD, 'a.mp3'), mp3({ seconds: 3, salt: 2 }))).toBe(true);
  const text = await studio.text(`${OLD}/episode.md`);
  expect(text).toContain('Prima [a](a.mp3), mai [b](b.mp3#t=0:01).');
  expect(readEpisodeFile(text, OLD).values).toMatchObject({
    guid: 'g-1',
    segments: [
      { file: 'a.mp3', guid: 'g-1' },
      { file: 'c.mp3', guid: c },
    ],
  });
  const originals = await readdir(join(studio.dataDir, 'originals'));
  for (const name of ['a.wav', 'a.vtt', 'b.mp3']) expect(originals).toContain(`replaced-${id}-${name}`);
});

test('of an only sound that is another now, the guid is another; of one in its place, the same', async () => {
  const studio = await testStudio({
    [`${OLD}/episode.md`]: episodeMd(['title: Vecchia', 'guid: g-1']),
    [`${OLD}/voce.mp3`]: mp3(),
  });
  const { drafts } = studio.publishing;
  const first = await drafts.open(ada, OLD);
  const place = await studio.upload(first.id, 'altra.mp3', mp3({ seconds: 2 }));
  await studio.work();
  await drafts.save(ada, first.id, 1, { ...first.content, segments: [segment('voce.mp3', place)] });
  await studio.submit(first.id, 'publish');
  expect(await studio.files(OLD)).toEqual(['episode.md', 'voce.mp3']);
  expect(await studio.text(`${OLD}/episode.md`)).toBe(episodeMd(['title: Vecchia', 'guid: g-1']));

  const second = await drafts.open(ada, OLD);
  const other = await studio.upload(second.id, 'altra.mp3', mp3({ seconds: 3 }));
  await studio.work();
  await drafts.save(ada, second.id, 1, { ...second.content, segments: [segment('altra.mp3', other)] });
  await studio.submit(second.id, 'publish');
  expect(readEpisodeFile(await studio.text(`${OLD}/episode.md`), OLD).values).toMatchObject({
    guid: 'g-1',
    segments: [{ file: 'altra.mp3', guid: other }],
  });
});

test('a folder that was changed by hand is not written over; both texts can be seen, and then it goes on', async () => {
  const studio = await testStudio(TWO);
  const { drafts, episodes } = studio.publishing;
  const id = await edit(studio, () => ({ title: 'Dallo studio' }));
  const byHand = (await studio.text(`${OLD}/episode.md`)).replace('Prima', 'A mano:');
  await writeFile(join(studio.episodes, OLD, 'episode.md'), byHand);
  await writeFile(join(studio.episodes, OLD, 'nuova.mp3'), mp3({ seconds: 2, salt: 9 }));
  expect((await studio.submit(id, 'publish'))[0]?.problem?.code).toBe('folder-changed');
  expect(await studio.text(`${OLD}/episode.md`)).toBe(byHand);
  const stopped = await drafts.get(ada, id);
  expect(stopped).toMatchObject({
    problem: { code: 'folder-changed', values: { file: `${OLD}/episode.md` } },
  });
  expect(stopped.intent).toBeUndefined();
  expect((await drafts.folderContent(ada, id))?.body).toContain('A mano:');
  expect(await studio.publishing.journal.list(ada, { limit: 1 })).toMatchObject([
    { action: 'writing-stopped', details: { problem: 'folder-changed' } },
  ]);

  const rebased = await drafts.rebase(ada, id);
  expect(rebased.problem).toBeUndefined();
  expect(rebased.content).toMatchObject({ title: 'Dallo studio', body: stopped.content.body });
  expect(rebased.content.segments.map(({ file }) => file)).toEqual(['a.wav', 'b.mp3', 'nuova.mp3']);
  await studio.submit(id, 'publish');
  expect(await studio.text(`${OLD}/episode.md`)).toContain('title: Dallo studio\n');
  expect(await studio.files(OLD)).toContain('nuova.mp3');
  const reasons = (await episodes.versions(ada, OLD)).map(({ reason }) => reason);
  expect(reasons).toEqual(['studio', 'folder', 'folder']);
});

test('a text that somebody edits while sounds are copied is not written over', async () => {
  let meanwhile = async (): Promise<void> => {};
  const wrap = (archive: Archive): Archive => ({
    ...archive,
    async write(key, data) {
      await archive.write(key, data);
      if (key.endsWith('c.mp3')) await meanwhile();
    },
  });
  const studio = await testStudio(TWO, { wrap });
  await muchChanged(studio);
  const { id } = await studio.publishing.drafts.open(ada, OLD);
  const byHand = (TWO[`${OLD}/episode.md`] ?? '').toString().replace('Prima', 'A mano');
  meanwhile = () => writeFile(join(studio.episodes, OLD, 'episode.md'), byHand);
  expect((await studio.submit(id, 'publish'))[0]?.problem?.code).toBe('folder-changed');
  expect(await studio.text(`${OLD}/episode.md`)).toBe(byHand);
  expect((await studio.publishing.drafts.get(ada, id)).content.body).toContain('mai');
});

test('a folder that somebody took away does not come back by itself, but what was written is a new episode', async () => {
  const studio = await testStudio(TWO);
  const { drafts } = studio.publishing;
  const id = await edit(studio, () => ({ title: 'Orfana' }));
  await studio.archive.remove(OLD);
  expect((await studio.submit(id, 'save'))[0]?.problem?.code).toBe('folder-changed');
  const rebased = await drafts.rebase(ada, id);
  expect(rebased.episode).toBeUndefined();
  expect(rebased.content).toMatchObject({ title: 'Orfana', segments: [], files: [] });
  await studio.submit(id, 'save');
  expect(await studio.text('stacca/2025-01-30-orfana/episode.md')).toContain('status: draft\n');
});

test('what somebody writes while the folder is written is kept as an edit of it', async () => {
  let meanwhile = async (): Promise<void> => {};
  const wrap = (archive: Archive): Archive => ({
    ...archive,
    async write(key, data) {
      if (key.endsWith('.mp3')) await meanwhile();
      await archive.write(key, data);
    },
  });
  const studio = await testStudio({}, { wrap });
  const { drafts } = studio.publishing;
  const id = await studio.draftWithSound();
  const { content, revision } = await drafts.get(ada, id);
  meanwhile = async () => {
    await drafts.save(ada, id, revision, { ...content, body: 'Ancora una riga.' });
    // What is being written cannot be taken back or thrown away in the middle.
    await drafts.hold(ada, id);
    expect(await refusalOf(drafts.discard(ada, id))).toBe('episode-busy');
  };
  await studio.submit(id, 'publish');
  expect(await studio.text(`${NEW}/episode.md`)).not.toContain('Ancora');
  const later = await drafts.get(ada, id);
  expect(later).toMatchObject({
    episode: NEW,
    revision: revision + 1,
    content: { body: 'Ancora una riga.' },
  });
  expect(later.content.segments).toMatchObject([{ file: 'voce.mp3', guid: id }]);
  expect(later.content.segments[0]?.upload).toBeUndefined();
  meanwhile = async () => {};
  await studio.submit(id, 'publish');
  expect(await studio.text(`${NEW}/episode.md`)).toContain('Ancora una riga.');
  expect(await studio.files(NEW)).toEqual(['episode.md', 'voce.mp3']);
  expect(await studio.uploads.ofDraft(id)).toEqual([]);
});

test.each([
  ['disk-full', 'ENOSPC'],
  ['folder-read-only', 'EROFS'],
])('%s: the work waits, is said once, and goes on by itself', async (problem, code) => {
  let isBroken = true;
  const wrap = (archive: Archive): Archive => ({
    ...archive,
    async write(key, data) {
      const cause = Object.assign(new Error(code), { code });
      if (isBroken) throw new NotWritable(`"${key}" cannot be written`, { cause });
      await archive.write(key, data);
    },
  });
  const studio = await testStudio({}, { wrap });
  const { drafts, journal } = studio.publishing;
  const id = await studio.draftWithSound();
  expect(await studio.submit(id, 'publish')).toMatchObject([{ problem: { code: problem } }]);
  studio.clock.now += 60_000;
  expect(await studio.work()).toMatchObject([{ later: 60_000 }]);
  expect(await drafts.get(ada, id)).toMatchObject({
    problem: { code: problem },
    intent: { action: 'publish' },
  });
  const stops = (await journal.list(ada, { limit: 9 })).filter(({ action }) => action === 'writing-stopped');
  expect(stops).toHaveLength(1);
  isBroken = false;
  studio.clock.now += 60_000;
  await studio.work();
  expect(await studio.files('stacca')).toEqual(['2025-01-30-sputnik', 'show.md']);
});

test('chapters that came from headings follow the headings, also in the sound itself', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  const { id, content } = await drafts.create(ada, { show: 'stacca', title: 'Sputnik' });
  const upload = await studio.upload(id, 'voce.wav', wav());
  await studio.work();
  const body = '## Inizio [0:00](voce.wav#t=0:00)\n\n## Poi [0:01](voce.wav#t=0:01)';
  await drafts.save(ada, id, 1, { ...content, body, segments: [segment('voce.wav', upload)] });
  await studio.submit(id, 'publish');
  const chapters = async () => {
    await studio.indexer.scan();
    const episode = await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-30-sputnik');
    return episode?.segments[0]?.chapters.map(({ title }) => title);
  };
  const peaks = await readdir(join(studio.dataDir, 'peaks'));
  expect(await chapters()).toEqual(['Inizio', 'Poi']);
  await studio.submit(
    await edit(studio, (now) => ({ body: now.body.replace('Poi', 'Fine') }), NEW),
    'publish',
  );
  expect(await chapters()).toEqual(['Inizio', 'Fine']);
  expect(await readdir(join(studio.dataDir, 'peaks'))).toHaveLength(peaks.length);
  const before = await readFile(join(studio.episodes, NEW, 'voce.mp3'));
  await studio.submit(await edit(studio, () => ({ summary: 'Altro.' }), NEW), 'publish');
  expect(await hasBytes(join(studio.episodes, NEW, 'voce.mp3'), before)).toBe(true);
});

// The text, the sound, the text.
test.each(momentsOf(3))(
  'killed after %i changes of writing a new episode (%s), it ends the same',
  async (...moment) => {
    const kill = killable();
    const studio = await testStudio({}, kill);
    const id = await studio.draftWithSound({ body: 'Ciao.' });
    const { revision } = await studio.publishing.drafts.get(ada, id);
    await studio.publishing.drafts.submit(ada, id, revision, 'publish');
    expect(await killedAt(studio, kill, moment)).toBe(true);
    expect(await studio.files('stacca')).toEqual(['2025-01-30-sputnik', 'show.md']);
    expect(await studio.files(NEW)).toEqual(['episode.md', 'voce.mp3']);
    const { values } = readEpisodeFile(await studio.text(`${NEW}/episode.md`), NEW);
    expect(values).toMatchObject({ title: 'Sputnik', guid: id });
    expect(values.status).toBeUndefined();
    expect(await studio.publishing.drafts.list(ada)).toEqual([]);
    expect(await studio.uploads.ofDraft(id)).toEqual([]);
    expect(await studio.publishing.journal.list(ada, { limit: 9 })).toHaveLength(1);
  },
);

// The guids, two sounds, two files less, the text, one file less.
test.each(momentsOf(7))(
  'killed after %i changes of changing one (%s), no guid is lost and it ends the same',
  async (...moment) => {
    const kill = killable();
    const studio = await testStudio(TWO, kill);
    const c = await muchChanged(studio);
    const { id, revision } = await studio.publishing.drafts.open(ada, OLD);
    await studio.publishing.drafts.submit(ada, id, revision, 'publish');
    expect(await killedAt(studio, kill, moment)).toBe(true);
    expect(await studio.files(OLD)).toEqual(['a.mp3', 'appunti.txt', 'c.mp3', 'episode.md']);
    const { values } = readEpisodeFile(await studio.text(`${OLD}/episode.md`), OLD);
    expect(values.segments).toEqual([
      { file: 'a.mp3', guid: 'g-1' },
      { file: 'c.mp3', guid: c },
    ]);
    const originals = await readdir(join(studio.dataDir, 'originals'));
    for (const name of ['a.wav', 'a.vtt', 'b.mp3']) expect(originals).toContain(`replaced-${id}-${name}`);
  },
);

test('killed after a sound was replaced, what is kept aside is what was there first', async () => {
  const kill = killable();
  const text = episodeMd(['title: Vecchia', 'guid: g-1']);
  const studio = await testStudio({ [`${OLD}/episode.md`]: text, [`${OLD}/voce.mp3`]: mp3() }, kill);
  const { id, content } = await studio.publishing.drafts.open(ada, OLD);
  const upload = await studio.upload(id, 'altra.mp3', mp3({ seconds: 2 }));
  await studio.work();
  await studio.publishing.drafts.save(ada, id, 1, { ...content, segments: [segment('voce.mp3', upload)] });
  await studio.publishing.drafts.submit(ada, id, 2, 'publish');
  expect(await killedAt(studio, kill, [0, true])).toBe(true);
  expect(await hasBytes(join(studio.dataDir, 'originals', `replaced-${id}-voce.mp3`), mp3())).toBe(true);
  expect(await hasBytes(join(studio.episodes, OLD, 'voce.mp3'), mp3({ seconds: 2 }))).toBe(true);
});

test('what is seen while sounds come and go has no guid that is not theirs', async () => {
  const seen = new Set<string>();
  let look = async (): Promise<void> => {};
  const wrap = (archive: Archive): Archive => {
    const thenLook =
      <A extends unknown[]>(work: (...given: A) => Promise<void>) =>
      async (...given: A) => {
        await work(...given);
        await look();
      };
    return { ...archive, write: thenLook(archive.write), remove: thenLook(archive.remove) };
  };
  const studio = await testStudio(TWO, { wrap });
  const { drafts } = studio.publishing;
  const { id, content } = await drafts.open(ada, OLD);
  const c = await studio.upload(id, 'c.mp3', mp3({ seconds: 3, salt: 3 }));
  await studio.work();
  const [a] = content.segments;
  const segments = [segment('c.mp3', c), ...(a === undefined ? [] : [a])];
  await drafts.save(ada, id, 1, { ...content, segments });
  look = async () => {
    await studio.indexer.scan();
    const episode = await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-10-vecchia');
    expect(episode?.status).toBe('published');
    for (const { file, guid } of episode?.segments ?? []) seen.add(`${file} ${guid}`);
  };
  await studio.submit(id, 'publish', carla);
  expect([...seen].sort()).toEqual(['a.wav g-1', 'b.mp3 g-2', `c.mp3 ${c}`]);
});
