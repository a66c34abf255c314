import { expect, it, onTestFinished } from 'vitest';
import { keepOutbox } from '../../src/publishing/newly-public-episodes.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { catalogueWith, put } from '../catalogue/opened.ts';
import { DAY, episodeOf, NOW } from '../fixtures/episodes.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

const ended = (guid: string, publishedAt: number) => episodeOf({ slug: guid, guid, publishedAt });

async function openedRecords(): Promise<Records> {
  const records = await openRecords(await temporaryFolder());
  onTestFinished(() => records.close());
  return records;
}

/** Looks once, as a process does that starts at this moment. */
async function lookOnce(
  records: Records,
  catalogue: Awaited<ReturnType<typeof catalogueWith>>,
  now: number,
): Promise<void> {
  const failed = (error: unknown): never => {
    throw error;
  };
  await keepOutbox({ records, catalogue, failed, now: () => now }).close();
}

const rows = async ({ db }: Records) =>
  (await db.selectFrom('outbox').selectAll().orderBy('noticed_at').orderBy('guid').execute()).map(
    ({ guid, published_at, noticed_at, told_at }) => [guid, published_at, noticed_at, told_at],
  );

it('takes what was public before there was an outbox as told, even thousands of episodes', async () => {
  const records = await openedRecords();
  const many = Array.from({ length: 2_500 }, (_, n) => ended(`vecchia-${n}`, NOW - n));
  await lookOnce(records, await catalogueWith(...many), NOW);
  const all = await rows(records);
  expect(all).toHaveLength(2_500);
  expect(all.every(([, , , toldAt]) => toldAt === NOW)).toBe(true);
});

it('has an episode to tell of from its scheduled second on, once, whatever happens to it later', async () => {
  const records = await openedRecords();
  const catalogue = await catalogueWith(ended('domani', NOW + DAY));
  await lookOnce(records, catalogue, NOW);
  await lookOnce(records, catalogue, NOW + DAY - 1);
  expect(await rows(records)).toEqual([]);
  await lookOnce(records, catalogue, NOW + DAY);
  const told = [['domani', NOW + DAY, NOW + DAY, null]];
  expect(await rows(records)).toEqual(told);
  await put(catalogue, { ...ended('domani', NOW + DAY), status: 'draft' });
  await lookOnce(records, catalogue, NOW + 2 * DAY);
  await put(catalogue, ended('domani', NOW + 2 * DAY));
  await lookOnce(records, catalogue, NOW + 3 * DAY);
  expect(await rows(records)).toEqual(told);
});

it('finds what became public while nothing ran', async () => {
  const records = await openedRecords();
  await lookOnce(records, await catalogueWith(), NOW);
  await lookOnce(records, await catalogueWith(ended('nel-frattempo', NOW + DAY)), NOW + 5 * DAY);
  expect(await rows(records)).toEqual([['nel-frattempo', NOW + DAY, NOW + 5 * DAY, null]]);
});
