import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FeedWouldBreak } from '../../src/publishing/dry-run/feed-comparison.ts';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { killable, killedAt, momentsOf } from './killable.ts';
import { ada, carla, enzo, otto, refusalOf, type TestStudio, THEN, testStudio } from './opened-publishing.ts';

const KEY = 'stacca/2025-01-10-vecchia';
const DAY = 24 * 3600 * 1000;
const FILES = {
  [`${KEY}/episode.md`]: episodeMd(['title: Vecchia', 'date: 2025-01-10'], 'Testo.\n'),
  [`${KEY}/a.mp3`]: mp3({ salt: 1 }),
  [`${KEY}/b.mp3`]: mp3({ salt: 2 }),
};

const itemsAt = async ({ catalogue, indexer }: TestStudio, key: string) => {
  await indexer.scan();
  const [show = '', slug = ''] = key.split('/');
  const episode = await catalogue.episodeOfAnyStatus(show, slug);
  return episode?.segments.map(({ guid, fingerprint }) => ({ guid, fingerprint }));
};

test('what goes into the bin comes back as it was, with what lay beside it', async () => {
  const studio = await testStudio(FILES);
  const { episodes, bin: binned } = studio.publishing;
  const before = await itemsAt(studio, KEY);
  await mkdir(join(studio.episodes, KEY, 'grezzi'));
  await writeFile(join(studio.episodes, KEY, 'grezzi', 'nastro.txt'), 'intero');
  await episodes.bin(carla, KEY);
  await studio.work();
  expect(await studio.files('stacca')).toEqual(['show.md']);
  expect(await itemsAt(studio, KEY)).toBeUndefined();
  const [entry] = await binned.list(carla);
  expect(entry).toMatchObject({ episode: KEY, title: 'Vecchia', byName: 'Carla', until: THEN + 30 * DAY });
  expect(entry?.bytes).toBeGreaterThan(8_000);
  expect(await binned.list(otto)).toEqual([]);
  expect(await refusalOf(binned.restore(otto, entry?.id ?? ''))).toBe('not-allowed');

  await binned.restore(carla, entry?.id ?? '');
  await studio.work();
  expect(await itemsAt(studio, KEY)).toEqual(before);
  expect(await studio.text(`${KEY}/episode.md`)).toContain('title: Vecchia\ndate: 2025-01-10\n');
  expect(await studio.text(`${KEY}/grezzi/nastro.txt`)).toBe('intero');
  expect(await binned.list(carla)).toEqual([]);
  expect(await readdir(join(studio.dataDir, 'bin'))).toEqual([]);
  const actions = (await studio.publishing.journal.list(ada, { limit: 9 })).map(({ action }) => action);
  expect(actions).toEqual(['episode-restored', 'episode-binned']);
});

test('an episode whose place was taken comes back beside it, and apps know it again', async () => {
  const studio = await testStudio(FILES);
  const { episodes, bin: binned } = studio.publishing;
  const before = await itemsAt(studio, KEY);
  await episodes.bin(enzo, KEY);
  await studio.work();
  await studio.indexer.scan();
  await studio.archive.write(`${KEY}/episode.md`, Buffer.from(episodeMd(['title: Altra', 'guid: altra'])));
  const [entry] = await binned.list(enzo);
  await binned.restore(enzo, entry?.id ?? '');
  expect(await studio.work()).toMatchObject([{ result: { episode: `${KEY}-2` } }]);
  expect(await itemsAt(studio, `${KEY}-2`)).toEqual(before);
});

test('an episode that only a file dates keeps its date on the way', async () => {
  const key = 'stacca/senza-data';
  const studio = await testStudio({
    [`${key}/episode.md`]: episodeMd(['title: Senza', 'guid: g']),
    [`${key}/voce.mp3`]: mp3(),
  });
  const long = new Date('2024-05-06T07:08:09Z');
  for (const name of ['episode.md', 'voce.mp3']) await utimes(join(studio.episodes, key, name), long, long);
  await studio.indexer.scan();
  const { episodes, bin: binned } = studio.publishing;
  await episodes.bin(enzo, key);
  await studio.work();
  const [entry] = await binned.list(enzo);
  await binned.restore(enzo, entry?.id ?? '');
  await studio.work();
  expect(await studio.text(`${key}/episode.md`)).toContain('date: 2024-05-06T09:08:09+02:00\n');
  await episodes.move(enzo, key, 'altra');
  await studio.work();
  await studio.indexer.scan();
  const episode = await studio.catalogue.episodeOfAnyStatus('altra', 'senza-data');
  expect(episode?.publishedAt).toBe(long.getTime());
});

test('after thirty days what is in the bin is gone for good, with its versions', async () => {
  const studio = await testStudio(FILES);
  const { episodes, bin: binned } = studio.publishing;
  await episodes.versions(ada, KEY);
  await episodes.bin(ada, KEY);
  await studio.work();
  await studio.indexer.scan();
  await binned.expire(THEN + 30 * DAY - 1);
  expect(await binned.list(ada)).toHaveLength(1);
  await binned.expire(THEN + 30 * DAY);
  expect(await binned.list(ada)).toEqual([]);
  expect(await readdir(join(studio.dataDir, 'bin'))).toEqual([]);
  expect(await studio.records.db.selectFrom('versions').selectAll().execute()).toEqual([]);
});

const ONE = { [`${KEY}/episode.md`]: FILES[`${KEY}/episode.md`] ?? '', [`${KEY}/voce.mp3`]: mp3() };

// Into it, the folder goes in one step; out of it come a text, the sound, the text.
test.each(momentsOf(3))(
  'killed after %i changes on the way into the bin and out of it (%s), all of it is in one',
  async (...moment) => {
    const kill = killable();
    const studio = await testStudio(ONE, kill);
    const before = await itemsAt(studio, KEY);
    const { episodes, bin: binned } = studio.publishing;
    await episodes.bin(ada, KEY);
    const [after, done] = moment;
    expect(await killedAt(studio, kill, moment)).toBe(after === 0 && !done);
    expect(await studio.files('stacca')).toEqual(['show.md']);
    const [entry, ...others] = await binned.list(ada);
    expect(others).toEqual([]);
    await binned.restore(ada, entry?.id ?? '');
    expect(await killedAt(studio, kill, moment)).toBe(true);
    expect(await itemsAt(studio, KEY)).toEqual(before);
    expect(await binned.list(ada)).toEqual([]);
    expect(await readdir(join(studio.dataDir, 'bin'))).toEqual([]);
  },
);

test('a folder that was changed after it was copied for the bin stays where it is', async () => {
  const kill = killable();
  const studio = await testStudio(FILES, kill);
  await studio.publishing.episodes.bin(ada, KEY);
  const killed = kill.arm(0, false);
  await Promise.race([studio.work(), killed]);
  void kill.arm(Number.POSITIVE_INFINITY, false);
  await writeFile(join(studio.episodes, KEY, 'episode.md'), episodeMd(['title: Vecchia', 'guid: a-mano']));
  await studio.publishing.recover();
  expect(await studio.text(`${KEY}/episode.md`)).toContain('a-mano');
  expect(await studio.publishing.bin.list(ada)).toEqual([]);
  expect(await readdir(join(studio.dataDir, 'bin'))).toEqual([]);
});

test('a moved episode is the same to every app, and its old address leads to the new', async () => {
  const studio = await testStudio(FILES);
  const { episodes, drafts } = studio.publishing;
  const before = await itemsAt(studio, KEY);
  const draft = await drafts.open(enzo, KEY);
  await drafts.save(enzo, draft.id, 1, { ...draft.content, summary: 'In breve.' });
  await episodes.move(enzo, KEY, 'altra');
  await studio.work();
  const to = 'altra/2025-01-10-vecchia';
  expect(await itemsAt(studio, to)).toEqual(before);
  expect(await studio.files('stacca')).toEqual(['show.md']);
  const now = Date.now();
  expect(await studio.catalogue.redirectFor(`/shows/${KEY}`, now)).toBe(`/shows/${to}`);
  // A draft goes along.
  const moved = await drafts.get(enzo, draft.id);
  expect(moved).toMatchObject({ episode: to, content: { show: 'altra', summary: 'In breve.' } });
  await studio.submit(draft.id, 'save', enzo);
  expect(await studio.text(`${to}/episode.md`)).toContain('summary: In breve.\n');
  expect(await refusalOf(episodes.move(enzo, to, 'altra'))).toBe('already-there');
  expect(await refusalOf(episodes.move(enzo, to, 'nessuna'))).toBe('show-missing');
});

// The text, the folder.
test.each(momentsOf(2))(
  'killed after %i changes of a move (%s), the episode ends at its new place',
  async (...moment) => {
    const kill = killable();
    const studio = await testStudio(FILES, kill);
    const before = await itemsAt(studio, KEY);
    await studio.publishing.episodes.move(enzo, KEY, 'altra');
    expect(await killedAt(studio, kill, moment)).toBe(true);
    expect(await itemsAt(studio, 'altra/2025-01-10-vecchia')).toEqual(before);
    expect(await studio.files('stacca')).toEqual(['show.md']);
  },
);

test('what would take an item from the feed is stopped with a list, and nothing was done', async () => {
  const studio = await testStudio({
    ...FILES,
    'altra/show.md': '---\ntitle: "Rotta\n---\n',
  });
  await studio.indexer.scan();
  const stopped = await studio.publishing.episodes.move(ada, KEY, 'altra').catch((error: unknown) => error);
  if (!(stopped instanceof FeedWouldBreak)) throw stopped;
  expect(stopped.differences.map(({ kind, severity }) => [kind, severity])).toEqual([
    ['vanished', 'stops'],
    ['vanished', 'stops'],
  ]);
  expect(await studio.work()).toEqual([]);
  expect(await readFile(join(studio.episodes, KEY, 'episode.md'), 'utf8')).toBe(FILES[`${KEY}/episode.md`]);
});
