import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { cardFolder } from '../../src/images/picture-id.ts';
import { readEpisodeFile } from '../../src/model/front-matter/episode-file.ts';
import { mp3, wav } from '../fixtures/audio.ts';
import { episodeMd, putFiles } from '../fixtures/station-folder.ts';
import { killable, killedAt, momentsOf } from './killable.ts';
import { ada, carla, refusalOf, type TestStudio, testStudio } from './opened-publishing.ts';

const SECRET = 'Zenobia';
const KEY = 'stacca/2025-01-30-intervista';

/** An episode that was published, edited, its sound replaced, with a draft open. */
async function muchWritten(studio: TestStudio): Promise<void> {
  const { drafts } = studio.publishing;
  const { id, content } = await drafts.create(carla, { show: 'stacca', title: 'Intervista' });
  const voice = await studio.upload(id, `${SECRET}.wav`, wav(), carla);
  const second = await studio.upload(id, 'seconda.mp3', mp3({ seconds: 2, salt: 5 }), carla);
  const picture = sharp({ create: { width: 90, height: 90, channels: 3, background: 'red' } });
  const cover = await studio.upload(id, `${SECRET}.png`, await picture.png().toBuffer(), carla);
  await studio.work();
  await drafts.save(carla, id, 1, {
    ...content,
    body: `Parla ${SECRET}.`,
    segments: [
      { file: `${SECRET}.wav`, upload: voice, title: SECRET, voice: 'auto' },
      { file: 'seconda.mp3', upload: second, title: '', voice: 'auto' },
    ],
    cover: { upload: cover, alt: SECRET },
  });
  await studio.submit(id, 'publish', carla);
  await studio.indexer.scan();
  const edit = await drafts.open(carla, KEY);
  const other = await studio.upload(edit.id, `${SECRET}-2.mp3`, mp3({ seconds: 3 }), carla);
  await studio.work();
  const [first, ...rest] = edit.content.segments;
  await drafts.save(carla, edit.id, 1, {
    ...edit.content,
    body: `Parla ancora ${SECRET}.`,
    segments: first === undefined ? [] : [{ ...first, upload: other }, ...rest],
  });
  await studio.submit(edit.id, 'publish', carla);
  const open = await drafts.open(carla, KEY);
  await drafts.save(carla, open.id, 1, { ...open.content, summary: SECRET });
  await studio.upload(open.id, `${SECRET}-3.mp3`, mp3({ seconds: 2, salt: 8 }), carla);
  await studio.work();
  await writeFile(join(studio.episodes, KEY, 'episode.md~'), `copia di un editor: ${SECRET}`);
  await studio.indexer.scan();
  const episode = await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-30-intervista');
  await putFiles(studio.dataDir, {
    [`pictures/${episode?.cover.id}/96.webp`]: SECRET,
    [`pictures/${cardFolder(episode?.guid ?? '')}/card-0123456789.png`]: SECRET,
  });
}

/** Every file below a folder that has the word in its name or its bytes. */
async function filesWith(folder: string, word: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const bytes = entry.isFile() ? await readFile(path) : Buffer.alloc(0);
    if (entry.name.includes(word) || bytes.includes(word)) found.push(path.slice(folder.length + 1));
  }
  return found;
}

test('withdrawn is withdrawn everywhere: nothing of it is left in any file, and its address says so', async () => {
  const studio = await testStudio();
  const { episodes, drafts, journal } = studio.publishing;
  await muchWritten(studio);
  expect((await filesWith(studio.dataDir, SECRET)).join()).toContain('studio.sqlite');
  const before = readEpisodeFile(await studio.text(`${KEY}/episode.md`), KEY).values;
  expect(before.segments).toHaveLength(2);
  await episodes.withdraw(carla, KEY);
  await studio.work();

  expect(await studio.files(KEY)).toEqual(['episode.md']);
  const { values, body } = readEpisodeFile(await studio.text(`${KEY}/episode.md`), KEY);
  expect(values).toMatchObject({
    title: 'Ritirato',
    status: 'withdrawn',
    guid: before.guid,
    date: before.date,
  });
  expect(values.segments?.map(({ guid }) => guid)).toEqual([before.segments?.[1]?.guid]);
  expect(body.trim()).toBe('');
  await studio.indexer.scan();
  expect(await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-30-intervista')).toMatchObject({
    status: 'withdrawn',
    articleText: '',
    segments: [],
  });
  // But for the addresses: what they lead to is said to be withdrawn for ever.
  const isAddress = (file: string): boolean => file.startsWith('catalogue/addresses.sqlite');
  expect((await filesWith(studio.dataDir, SECRET)).filter((file) => !isAddress(file))).toEqual([]);
  // Nor as the index has it: folded, and cut to its stem.
  expect(await filesWith(studio.dataDir, 'zenob')).toEqual([]);
  expect(await filesWith(studio.episodes, SECRET)).toEqual([]);
  for (const folder of ['peaks', 'sounds', 'uploads', 'originals'])
    expect(await readdir(join(studio.dataDir, folder))).toEqual([]);
  expect(await drafts.list(carla)).toEqual([]);
  expect((await journal.list(ada, { limit: 1 }))[0]).toMatchObject({
    action: 'episode-withdrawn',
    subject: KEY,
    byName: 'Carla',
    details: {},
  });
  const spent = await studio.records.db.selectFrom('spent_guids').select('guid').execute();
  expect(spent.map(({ guid }) => guid).sort()).toEqual(
    [before.guid, before.segments?.[1]?.guid].map(String).sort(),
  );

  // Nobody edits it again, and nobody gets its guid.
  expect(await refusalOf(drafts.open(ada, KEY))).toBe('episode-withdrawn');
  expect(await refusalOf(episodes.setStatus(ada, KEY, 'published'))).toBe('episode-withdrawn');
  expect(await refusalOf(episodes.bin(ada, KEY))).toBe('episode-withdrawn');
  const id = await studio.draftWithSound();
  const draft = await drafts.get(ada, id);
  const stolen = draft.content.segments.map((segment) => ({ ...segment, guid: before.guid }));
  await drafts.save(ada, id, draft.revision, { ...draft.content, segments: stolen });
  expect(await refusalOf(drafts.submit(ada, id, draft.revision + 1, 'publish'))).toBe('value-wrong');
});

test('guids that stood nowhere, and a text that cannot be read, are withdrawn as well', async () => {
  const studio = await testStudio({
    [`${KEY}/episode.md`]: episodeMd(['title: Intervista'], `${SECRET}\n`),
    [`${KEY}/voce.mp3`]: mp3(),
  });
  await studio.indexer.scan();
  const indexed = await studio.catalogue.episodeOfAnyStatus('stacca', '2025-01-30-intervista');
  const [segment] = indexed?.segments ?? [];
  await writeFile(join(studio.episodes, KEY, 'episode.md'), `---\ntitle: "${SECRET}\n---\n`);
  await studio.publishing.episodes.withdraw(ada, KEY);
  await studio.work();
  const { values } = readEpisodeFile(await studio.text(`${KEY}/episode.md`), KEY);
  expect(values.status).toBe('withdrawn');
  expect(values.date).toBe('2025-01-30T00:00:00+01:00');
  const spent = await studio.records.db.selectFrom('spent_guids').select('guid').execute();
  expect(spent.map(({ guid }) => guid)).toContain(segment?.guid);
  expect(await filesWith(studio.episodes, SECRET)).toEqual([]);
});

// The folder, the text in its place.
test.each(momentsOf(2))(
  'killed after %i changes of it (%s), nothing of it is left when it ends',
  async (...moment) => {
    const kill = killable();
    const studio = await testStudio({}, kill);
    await muchWritten(studio);
    const { guid } = readEpisodeFile(await studio.text(`${KEY}/episode.md`), KEY).values;
    await studio.publishing.episodes.withdraw(ada, KEY);
    expect(await killedAt(studio, kill, moment)).toBe(true);
    const { values } = readEpisodeFile(await studio.text(`${KEY}/episode.md`), KEY);
    expect(values).toMatchObject({ status: 'withdrawn', guid });
    const left = (await filesWith(studio.dataDir, SECRET)).filter((file) => !file.startsWith('catalogue/'));
    expect(left).toEqual([]);
    expect(await readdir(join(studio.dataDir, 'peaks'))).toEqual([]);
  },
);
