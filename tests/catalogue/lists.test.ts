import { describe, expect, it } from 'vitest';
import type { Catalogue, EpisodeFilter } from '../../src/catalogue/catalogue.ts';
import { DAY, episodeOf, NOW, segmentOf, showOf, station } from '../fixtures/episodes.ts';
import { catalogueWith, put } from './opened.ts';

async function slugs(catalogue: Catalogue, filter: EpisodeFilter = {}, now = NOW): Promise<string[]> {
  const { items } = await catalogue.cards(filter, { limit: 50 }, now);
  return items.map((card) => card.slug);
}

describe('lists of episodes', () => {
  it('come newest first, and page by page without a gap or a repetition', async () => {
    const episodes = Array.from({ length: 23 }, (_, index) =>
      // Every three share a moment, so that pages end between episodes of the same second.
      episodeOf({
        slug: `e${String(index).padStart(2, '0')}`,
        publishedAt: NOW - Math.floor(index / 3) * DAY,
      }),
    );
    const catalogue = await catalogueWith(...episodes);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await catalogue.cards({}, before === undefined ? { limit: 4 } : { before, limit: 4 }, NOW);
      seen.push(...page.items.map((card) => card.slug));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toHaveLength(23);
    expect(seen.slice(0, 4)).toEqual(['e02', 'e01', 'e00', 'e05']);
    expect(new Set(seen).size).toBe(23);
  });

  it('hold every episode of an archive that has one date for all', async () => {
    const catalogue = await catalogueWith(
      ...Array.from({ length: 120 }, (_, index) => episodeOf({ slug: `e${index}` })),
    );
    expect((await catalogue.cards({}, { limit: 200 }, NOW)).items).toHaveLength(120);
    expect(
      (await catalogue.feedEntries({}, { limit: 200 }, NOW)).map((entry) => entry.episode.slug),
    ).toHaveLength(120);
  });

  it('begin at the first page when a cursor means nothing', async () => {
    const catalogue = await catalogueWith(episodeOf({ slug: 'a' }), episodeOf({ slug: 'b' }));
    for (const before of ['', '%%', 'x'.repeat(5000), Buffer.from('zz').toString('base64url'), '\0']) {
      const { items } = await catalogue.cards({}, { before, limit: 1 }, NOW);
      expect(items.map((card) => card.slug)).toEqual(['b']);
    }
  });

  it('narrow by show, tag, category and year, and by several of them together', async () => {
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'cina', tags: ['Cina', 'Deep Seek'], categories: ['Conflitti globali'] }),
      episodeOf({ slug: 'tav', show: 'no-tav', tags: ['cina'], publishedAt: NOW - 400 * DAY }),
    );
    expect(await slugs(catalogue, { tag: 'cina' })).toEqual(['cina', 'tav']);
    expect(await slugs(catalogue, { tag: 'deep-seek' })).toEqual(['cina']);
    expect(await slugs(catalogue, { category: 'conflitti-globali' })).toEqual(['cina']);
    expect(await slugs(catalogue, { year: 2023 })).toEqual(['tav']);
    expect(await slugs(catalogue, { tag: 'cina', show: 'no-tav' })).toEqual(['tav']);
    expect(await slugs(catalogue, { tag: 'cina', show: 'no-tav', year: 2025 })).toEqual([]);
    expect(await catalogue.countEpisodes({ tag: 'cina', show: 'no-tav' }, NOW)).toBe(1);
    expect(await slugs(catalogue, { show: 'nessuna' })).toEqual([]);
  });

  it('show of an episode what its folder says now', async () => {
    const catalogue = await catalogueWith(episodeOf({ slug: 'a', title: 'Prima', tags: ['vecchio'] }));
    await put(
      catalogue,
      episodeOf({ slug: 'a', title: 'Dopo', tags: ['nuovo'], publishedAt: NOW - 3 * DAY }),
    );
    const { items } = await catalogue.cards({}, { limit: 10 }, NOW);
    expect(items.map((card) => card.title)).toEqual(['Dopo']);
    expect(await catalogue.tags(NOW)).toEqual([{ name: 'nuovo', slug: 'nuovo', count: 1 }]);
    expect((await catalogue.search('prima', { page: 1, size: 10 }, NOW)).total).toBe(0);
  });

  it('lose what was removed, with its counts', async () => {
    const catalogue = await catalogueWith(episodeOf({ slug: 'a', tags: ['cina'] }), episodeOf({ slug: 'b' }));
    await catalogue.write((writer) => writer.removeFolder('stacca-stacca/a'));
    expect(await slugs(catalogue)).toEqual(['b']);
    expect(await catalogue.tags(NOW)).toEqual([]);
    expect(await catalogue.countEpisodes({}, NOW)).toBe(1);
    expect(await catalogue.keyOfGuid('episode-a')).toBeUndefined();
  });

  it('name the show by its title as it is now, or by its folder', async () => {
    const catalogue = await catalogueWith(episodeOf({ slug: 'a' }));
    expect((await catalogue.cards({}, { limit: 1 }, NOW)).items[0]?.showTitle).toBe('stacca-stacca');
    await catalogue.write((writer) =>
      writer.putShow(showOf({ slug: 'stacca-stacca', title: 'Stacca Stacca' })),
    );
    expect((await catalogue.cards({}, { limit: 1 }, NOW)).items[0]?.showTitle).toBe('Stacca Stacca');
  });
});

describe('what is not public', () => {
  const drafted = episodeOf({ slug: 'bozza', status: 'draft', tags: ['segreto'], title: 'Balena' });
  const scheduled = episodeOf({
    slug: 'domani',
    publishedAt: NOW + DAY,
    tags: ['segreto'],
    title: 'Balena',
    categories: ['mare'],
  });

  it('is in no list, count, feed, search, tag or year', async () => {
    const catalogue = await catalogueWith(drafted, scheduled, episodeOf({ slug: 'ieri', tags: ['cina'] }));
    expect(await slugs(catalogue)).toEqual(['ieri']);
    expect(await catalogue.countEpisodes({}, NOW)).toBe(1);
    expect(await catalogue.countFeedEntries({ show: 'stacca-stacca' }, NOW)).toBe(1);
    expect((await catalogue.feedEntries({}, { limit: 10 }, NOW)).map((entry) => entry.episode.slug)).toEqual([
      'ieri',
    ]);
    expect(await catalogue.tags(NOW)).toEqual([{ name: 'cina', slug: 'cina', count: 1 }]);
    expect(await catalogue.categories(NOW)).toEqual([]);
    expect(await catalogue.years(NOW)).toEqual([{ year: 2025, count: 1 }]);
    expect((await catalogue.search('balena', { page: 1, size: 10 }, NOW)).total).toBe(0);
    expect(
      await catalogue.related(episodeOf({ slug: 'x', tags: ['segreto'], title: 'Balena' }), 5, NOW),
    ).toEqual([]);
    expect((await catalogue.episodeOfAnyStatus('stacca-stacca', 'bozza'))?.status).toBe('draft');
  });

  it('appears by itself at its second, everywhere', async () => {
    const catalogue = await catalogueWith(scheduled, episodeOf({ slug: 'ieri' }));
    const second = NOW + DAY;
    expect(catalogue.state(second - 1)).toBe(catalogue.state(NOW));
    expect(catalogue.state(second)).not.toBe(catalogue.state(second - 1));
    expect(await slugs(catalogue, {}, second - 1)).toEqual(['ieri']);
    expect(await slugs(catalogue, {}, second)).toEqual(['domani', 'ieri']);
    expect(await catalogue.countEpisodes({}, second)).toBe(2);
    expect((await catalogue.tags(second)).map((tag) => tag.name)).toEqual(['segreto']);
    expect((await catalogue.search('balene', { page: 1, size: 10 }, second)).total).toBe(1);
  });
});

describe('the station and its shows', () => {
  it('are absent until they have been read', async () => {
    const catalogue = await catalogueWith();
    expect(await catalogue.station()).toBeUndefined();
    await catalogue.write((writer) => writer.putStation(station));
    expect(await catalogue.station()).toEqual(station);
  });

  it('come by title, with the number of public episodes and the latest of them', async () => {
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'a', publishedAt: NOW - DAY }),
      episodeOf({ slug: 'b', publishedAt: NOW - 2 * DAY }),
      episodeOf({ slug: 'c', publishedAt: NOW + DAY }),
    );
    await catalogue.write(async (writer) => {
      await writer.putShow(showOf({ slug: 'stacca-stacca', title: 'Stacca Stacca' }));
      await writer.putShow(showOf({ slug: 'bello', title: 'È arrivato il bello' }));
    });
    const shows = await catalogue.shows(NOW);
    expect(shows.map((show) => [show.title, show.episodeCount, show.latestAt])).toEqual([
      ['È arrivato il bello', 0, undefined],
      ['Stacca Stacca', 2, NOW - DAY],
    ]);
  });
});

describe('feed entries', () => {
  const two = (slug: string, daysAgo: number) =>
    episodeOf({
      slug,
      publishedAt: NOW - daysAgo * DAY,
      segments: [
        segmentOf({ file: 'uno.mp3', guid: `${slug}-1` }),
        segmentOf({ file: 'due.mp3', guid: `${slug}-2` }),
      ],
    });

  it('are segments: newest episode first, in their order within it, up to the limit', async () => {
    const catalogue = await catalogueWith(two('a', 3), two('b', 2), two('c', 1));
    const entries = await catalogue.feedEntries({}, { limit: 3 }, NOW);
    expect(entries.map((entry) => [entry.segment.guid, entry.position])).toEqual([
      ['c-1', 0],
      ['c-2', 1],
      ['b-1', 0],
    ]);
    expect(await catalogue.countFeedEntries({}, NOW)).toBe(6);
  });

  it('stand on archive pages counted from the oldest, which stay as they are when something new comes', async () => {
    const catalogue = await catalogueWith(two('a', 3), two('b', 2), two('c', 1));
    const page = async (number: number) => {
      const { entries, pages } = await catalogue.feedArchivePage({}, { number, size: 4 }, NOW);
      return { guids: entries.map((entry) => entry.segment.guid), pages };
    };
    const first = { guids: ['b-1', 'b-2', 'a-1', 'a-2'], pages: 2 };
    expect(await page(1)).toEqual(first);
    expect(await page(2)).toEqual({ guids: ['c-1', 'c-2'], pages: 2 });
    expect(await page(3)).toEqual({ guids: [], pages: 2 });
    expect(await page(0)).toEqual({ guids: [], pages: 2 });
    await put(catalogue, two('d', 0));
    expect(await page(1)).toEqual(first);
    expect((await page(2)).guids).toEqual(['d-1', 'd-2', 'c-1', 'c-2']);
  });
});
