import { describe, expect, it } from 'vitest';
import type { Catalogue, StaffFilter } from '../../src/catalogue/catalogue.ts';
import { DAY, episodeOf, NOW } from '../fixtures/episodes.ts';
import { catalogueWith, put, sharedCatalogue } from './opened.ts';

const slugs = async (catalogue: Catalogue, filter: StaffFilter, limit = 50): Promise<string[]> =>
  (await catalogue.staffCards(filter, { limit }, NOW)).items.map((card) => card.slug);

async function everyPage(catalogue: Catalogue, filter: StaffFilter, limit: number): Promise<string[]> {
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await catalogue.staffCards(filter, { ...(before && { before }), limit }, NOW);
    seen.push(...page.items.map((card) => card.slug));
    before = page.next;
  } while (before !== undefined);
  return seen;
}

describe('the lists of staff', () => {
  const catalogue = sharedCatalogue(
    episodeOf({ slug: 'uscita', title: 'Lo sciopero di Torino', publishedAt: NOW - DAY }),
    episodeOf({
      slug: 'domani',
      title: 'Domani lo sciopero',
      publishedAt: NOW + DAY,
      articleText: 'gru e grano',
    }),
    episodeOf({
      slug: 'bozza',
      status: 'draft',
      title: 'Sciopero, bozza',
      publishedAt: NOW - 2 * DAY,
      articleText: 'Parla la parolasegretissima.',
    }),
    episodeOf({ slug: 'lettura', status: 'review', title: 'Da leggere', publishedAt: NOW - 3 * DAY }),
    episodeOf({ slug: 'ritirata', status: 'withdrawn', title: 'Ritirata', publishedAt: NOW - 4 * DAY }),
    episodeOf({
      slug: 'altrove',
      show: 'no-tav',
      status: 'draft',
      title: 'Sciopero in valle',
      publishedAt: NOW - 5 * DAY,
    }),
  );

  it('hold every status, newest first, with the folder and what is to be said of it', async () => {
    const { items } = await catalogue().staffCards({}, { limit: 50 }, NOW);
    expect(items.map(({ key, status }) => `${key} ${status}`)).toEqual([
      'stacca-stacca/domani scheduled',
      'stacca-stacca/uscita published',
      'stacca-stacca/bozza draft',
      'stacca-stacca/lettura review',
      'stacca-stacca/ritirata withdrawn',
      'no-tav/altrove draft',
    ]);
  });

  it.each<[StaffFilter, string[]]>([
    [{ status: 'scheduled' }, ['domani']],
    [{ status: 'published' }, ['uscita']],
    [{ status: 'draft' }, ['bozza', 'altrove']],
    [{ status: 'draft', show: 'no-tav' }, ['altrove']],
    [{ shows: ['no-tav'] }, ['altrove']],
    [{ shows: ['no-tav'], show: 'stacca-stacca' }, []],
    [{ shows: [] }, []],
    [{ shows: ['no-tav', 'stacca-stacca', 'nessuna'], status: 'draft' }, ['bozza', 'altrove']],
    [{ text: 'scioperi' }, ['domani', 'uscita', 'bozza', 'altrove']],
    [{ text: 'scioperi', status: 'draft' }, ['bozza', 'altrove']],
    [{ text: 'scioperi', status: 'published' }, ['uscita']],
    [{ text: 'sciopero', status: 'scheduled' }, ['domani']],
    [{ text: 'sciopero', shows: ['no-tav'] }, ['altrove']],
    [{ text: 'gru grano' }, ['domani']],
    [{ text: 'parolasegr' }, ['bozza']],
    [{ text: 'nienteditutto' }, []],
    [{ text: '"*(' }, []],
    [{ text: '  ', status: 'review' }, ['lettura']],
  ])('are narrowed by %j to %j', async (filter, expected) => {
    expect(await slugs(catalogue(), filter)).toEqual(expected);
  });

  it('count each status, over all shows or over some', async () => {
    expect(await catalogue().staffCounts({}, NOW)).toEqual({
      scheduled: 1,
      published: 1,
      draft: 2,
      review: 1,
      withdrawn: 1,
    });
    expect(await catalogue().staffCounts({ shows: ['no-tav'] }, NOW)).toEqual({
      scheduled: 0,
      published: 0,
      draft: 1,
      review: 0,
      withdrawn: 0,
    });
    expect(await catalogue().staffCounts({}, NOW + 2 * DAY)).toMatchObject({ scheduled: 0, published: 2 });
  });

  it('keep from the public what only they may find, whatever it asks', async () => {
    for (const text of [
      'parolasegretissima',
      'parolasegr',
      'bozza',
      'statusdraft',
      'scope : statusdraft',
      'ritirata',
    ]) {
      const { hits } = await catalogue().search(text, { page: 1, size: 20 }, NOW);
      expect(hits.map(({ card }) => card.slug)).toEqual([]);
    }
    const { hits } = await catalogue().search('sciopero', { page: 1, size: 20 }, NOW);
    expect(hits.map(({ card }) => card.slug)).toEqual(['uscita']);
  });
});

it('pages through what staff list and search without a gap or a repetition', async () => {
  const statuses = ['published', 'draft', 'review'] as const;
  const catalogue = await catalogueWith(
    ...Array.from({ length: 31 }, (_, index) =>
      episodeOf({
        slug: `e${String(index).padStart(2, '0')}`,
        title: 'Torino',
        status: statuses[index % 3] ?? 'draft',
        show: index % 2 === 0 ? 'pari' : 'dispari',
        // Every four share a moment, so that pages end between episodes of the same second.
        publishedAt: NOW - Math.floor(index / 4) * DAY,
      }),
    ),
  );
  for (const filter of [{}, { text: 'torino' }, { shows: ['pari', 'dispari'] }]) {
    const seen = await everyPage(catalogue, filter, 4);
    expect(seen).toHaveLength(31);
    expect(new Set(seen).size).toBe(31);
    expect(seen.slice(0, 4).toSorted()).toEqual(['e00', 'e01', 'e02', 'e03']);
  }
});

it('follows an episode from one status to the next, and forgets one that goes', async () => {
  const catalogue = await catalogueWith(episodeOf({ slug: 'a', title: 'Parola', status: 'draft' }));
  await put(catalogue, episodeOf({ slug: 'a', title: 'Parola', status: 'published' }));
  expect(await slugs(catalogue, { text: 'parola', status: 'draft' })).toEqual([]);
  expect(await slugs(catalogue, { text: 'parola', status: 'published' })).toEqual(['a']);
  await put(catalogue, episodeOf({ slug: 'a', title: 'Altra', status: 'withdrawn' }));
  expect(await slugs(catalogue, { text: 'parola' })).toEqual([]);
  expect(await catalogue.staffCounts({}, NOW)).toMatchObject({ published: 0, withdrawn: 1 });
  await catalogue.write((writer) => writer.removeFolder('stacca-stacca/a'));
  expect(await slugs(catalogue, {})).toEqual([]);
  expect(await slugs(catalogue, { text: 'altra' })).toEqual([]);
});
