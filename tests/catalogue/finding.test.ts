import { describe, expect, it } from 'vitest';
import type { Catalogue, SearchFilter } from '../../src/catalogue/catalogue.ts';
import type { Segment } from '../../src/model/segment.ts';
import type { Cue } from '../../src/model/transcript.ts';
import { DAY, episodeOf, NOW, segmentOf, showOf } from '../fixtures/episodes.ts';
import { catalogueWith, put, sharedCatalogue } from './opened.ts';

const cue = (start: number, text: string, speaker?: string): Cue => ({
  start,
  end: start + 4,
  text,
  ...(speaker === undefined ? {} : { speaker }),
});
const spoken = (file: string, more: Partial<Segment> = {}): Segment =>
  segmentOf({
    file,
    transcript: { file: file.replace('mp3', 'vtt'), fingerprint: 'aabbccddee', language: 'it', cues: 1 },
    ...more,
  });

async function hits(catalogue: Catalogue, text: string, filter: SearchFilter = {}, now = NOW) {
  return (await catalogue.search(text, { page: 1, size: 20, ...filter }, now)).hits;
}
const slugs = async (catalogue: Catalogue, text: string, filter: SearchFilter = {}, now = NOW) =>
  (await hits(catalogue, text, filter, now)).map((hit) => hit.card.slug);
const textOf = (runs: { text: string }[]): string => runs.map((run) => run.text).join('');
const marksOf = (runs: { text: string; match: boolean }[]): string[] =>
  runs.flatMap((run) => (run.match ? [run.text] : []));

const picket = episodeOf({
  slug: 'picchetto',
  title: 'Cancello due',
  articleText: 'Si comincia prima dell’alba, davanti ai nastri fermi. Una donna porta il caffè.',
  people: [{ name: 'Nadia', role: 'host' }],
  tags: ['sciopero', 'logistica'],
  segments: [
    spoken('uno.mp3', {
      people: [{ name: 'Samira' }],
      chapters: [{ start: 61.5, title: 'La notte al picchetto' }],
    }),
    spoken('due.mp3', { people: [{ name: 'Dario' }] }),
  ],
  publishedAt: NOW - 3 * DAY,
});
const picketSaid = [
  [cue(0, 'Buonasera a chi ascolta.', 'Nadia'), cue(12.4, 'Fa freddo, ma siamo in tanti.', 'Samira')],
  [
    cue(0, 'Parliamo della busta paga.', 'Nadia'),
    cue(33.2, 'Chiediamo i turni scritti un mese prima,', 'Dario'),
    cue(37.8, 'e la maggiorazione notturna per intero.', 'Dario'),
    cue(50, 'Il caffè lo porta sempre una donna del quartiere.', 'Dario'),
  ],
];
const written = episodeOf({
  slug: 'scritto',
  title: 'Maggiorazione notturna',
  articleText: 'Che cosa dice il contratto sulla maggiorazione notturna, e che cosa no.',
  people: [{ name: 'Nadia' }],
  tags: ['contratti'],
  publishedAt: NOW - 40 * DAY,
});

describe('a search in what is said', () => {
  const catalogue = sharedCatalogue([picket, picketSaid], written);

  it('finds what stands in no text, and says the segment, the moment and who says it', async () => {
    const [hit] = await hits(catalogue(), 'turno scritto');
    expect(hit?.card.slug).toBe('picchetto');
    expect(hit?.moment).toEqual({ from: 'transcript', segment: 1, start: 33.2, speaker: 'Dario' });
    expect(marksOf(hit?.snippet ?? [])).toEqual(['turni', 'scritti']);
    expect(textOf(hit?.snippet ?? [])).toContain('un mese prima, e la maggiorazione notturna');
  });

  it('finds a phrase that runs over two cues', async () => {
    expect(await slugs(catalogue(), '"prima maggiorazione notturna"')).toEqual(['picchetto']);
  });

  it('finds words of which one is written and one is said', async () => {
    expect(await slugs(catalogue(), 'nastri freddo')).toEqual(['picchetto']);
  });

  it('puts what has it in its text before what only has it in the sound', async () => {
    expect(await slugs(catalogue(), 'maggiorazioni notturne')).toEqual(['scritto', 'picchetto']);
  });

  it('shows the article where it has all of the words, and the sound where that has more of them', async () => {
    const [inArticle] = await hits(catalogue(), 'donna caffè');
    expect(inArticle?.moment).toBeUndefined();
    expect(textOf(inArticle?.snippet ?? [])).toContain('davanti ai nastri fermi');
    const [inSound] = await hits(catalogue(), 'donna quartiere');
    expect(inSound?.moment).toMatchObject({ segment: 1, start: 50 });
  });

  it('says the moment of a chapter whose title has the words', async () => {
    const [hit] = await hits(catalogue(), 'notti picchetto');
    expect(hit?.moment).toEqual({ from: 'chapter', segment: 0, start: 61.5 });
    expect(marksOf(hit?.snippet ?? [])).toEqual(['notte', 'picchetto']);
  });

  it('counts each episode once and turns its pages', async () => {
    const many = Array.from({ length: 7 }, (_, index): [ReturnType<typeof episodeOf>, Cue[][]] => [
      episodeOf({
        slug: `e${index}`,
        articleText: index < 3 ? 'Si parla di balene.' : 'Si parla di altro.',
        segments: [spoken('a.mp3', { guid: `s${index}` })],
        publishedAt: NOW - (index + 1) * DAY,
      }),
      [[cue(5, 'Una balena passa al largo.')]],
    ]);
    const all = await catalogueWith(...many);
    const seen: string[] = [];
    for (const page of [1, 2, 3, 4]) {
      const found = await all.search('balena', { page, size: 2 }, NOW);
      expect([found.total, found.pages]).toEqual([7, 4]);
      seen.push(...found.hits.map((hit) => hit.card.slug));
    }
    expect(seen.toSorted()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6']);
    expect(seen.slice(0, 3).toSorted()).toEqual(['e0', 'e1', 'e2']);
  });

  it('finds an hour of talk no worse by its title than a short text', async () => {
    const talk = Array.from({ length: 3000 }, (_, index) => cue(index, `parola${index % 700} detta così`));
    const all = await catalogueWith(
      [episodeOf({ slug: 'lungo', title: 'Balene', segments: [spoken('a.mp3')] }), [talk]],
      episodeOf({ slug: 'breve', title: 'Altro', tags: ['balene'], articleText: 'Due righe.' }),
      episodeOf({ slug: 'altro', articleText: 'Una balena, per caso.' }),
    );
    expect(await slugs(all, 'balena')).toEqual(['lungo', 'breve', 'altro']);
  });

  it('forgets what was said when the transcript goes, and all of it when the episode does', async () => {
    const all = await catalogueWith([picket, picketSaid]);
    await put(all, { ...picket, segments: [segmentOf({ file: 'uno.mp3' })] });
    expect(await slugs(all, 'turni scritti')).toEqual([]);
    await put(all, [picket, picketSaid]);
    expect(await slugs(all, 'turni scritti')).toEqual(['picchetto']);
    await all.write((writer) => writer.removeFolder('stacca-stacca/picchetto'));
    expect(await slugs(all, 'turni scritti')).toEqual([]);
  });
});

describe('a search that is narrowed', () => {
  const elsewhere = episodeOf({
    slug: 'altrove',
    show: 'frittura-mista',
    title: 'Sciopero altrove',
    tags: ['Sciopero', 'porti'],
    people: [{ name: 'Zoé' }],
    publishedAt: NOW - 400 * DAY,
  });
  const catalogue = sharedCatalogue([picket, picketSaid], written, elsewhere);

  it.each([
    [{ show: 'frittura-mista' }, ['altrove']],
    [{ year: 2023 }, ['altrove']],
    [{ tag: 'sciopero' }, ['picchetto', 'altrove']],
    [{ person: 'zoe' }, ['altrove']],
    [{ person: 'dario' }, ['picchetto']],
    [{ tag: 'sciopero', year: 2025 }, ['picchetto']],
    [{ person: 'nadia' }, ['picchetto', 'scritto']],
    [{ tag: 'scioper' }, []],
    [{ tag: 'sciopero', person: 'nessuno' }, []],
  ])('by %j finds without a word the newest first: %j', async (filter, expected) => {
    expect(await slugs(catalogue(), '', filter)).toEqual(expected);
  });

  it('finds within the filter alone, in texts and in the sound', async () => {
    expect(await slugs(catalogue(), 'sciopero', { show: 'frittura-mista' })).toEqual(['altrove']);
    expect(await slugs(catalogue(), 'turni scritti', { person: 'dario', year: 2025 })).toEqual(['picchetto']);
    expect(await slugs(catalogue(), 'turni scritti', { show: 'frittura-mista' })).toEqual([]);
  });

  it('asks for nothing without a word and without a filter', async () => {
    expect(await catalogue().search('', { page: 1, size: 5 }, NOW)).toMatchObject({ total: 0, hits: [] });
  });

  it('takes no token of the index for a word', async () => {
    expect(await slugs(catalogue(), 'said')).toEqual([]);
    expect(await slugs(catalogue(), 'year2025')).toEqual([]);
    expect(await slugs(catalogue(), '\u{e000}said')).toEqual([]);
  });
});

describe('suggestions', () => {
  const catalogue = sharedCatalogue([picket, picketSaid], written, {
    ...episodeOf({
      slug: 'citta',
      title: 'Le città invisibili',
      tags: ['Città vecchia'],
      people: [{ name: 'Ciro' }],
    }),
  });
  const suggested = async (text: string, limit = 8) =>
    (await catalogue().suggestions(text, { limit }, NOW)).map(({ kind, name }) => `${kind} ${name}`);

  it.each([
    ['citta', ['tag Città vecchia', 'episode Le città invisibili']],
    ['CITTÀ v', ['tag Città vecchia']],
    ['ci', ['person Ciro', 'tag Città vecchia', 'episode Le città invisibili']],
    ['sam', ['person Samira']],
    ['magg', ['episode Maggiorazione notturna']],
    ['nott magg', ['episode Maggiorazione notturna']],
    ['n', []],
    ['', []],
    ['"* OR', []],
    ['🐋', []],
    ['xyz', []],
  ])('for %j are %j', async (text, expected) => {
    expect(await suggested(text)).toEqual(expected);
  });

  it('name shows, and only one kind where only that is wanted', async () => {
    const all = await catalogueWith(picket);
    await all.write((writer) => writer.putShow(showOf({ slug: 'samba', title: 'Samba e dintorni' })));
    const names = (kind?: 'person' | 'show') =>
      all.suggestions('sam', { limit: 5, kind }, NOW).then((found) => found.map(({ slug }) => slug));
    expect(await names()).toEqual(['samba', 'samira']);
    expect(await names('person')).toEqual(['samira']);
  });

  it('put the tag of more episodes first, and keep to the limit', async () => {
    const tags = ['porti', 'porte', 'porte', 'portone', 'portici'];
    const all = await catalogueWith(
      ...tags.map((tag, index) => episodeOf({ slug: `e${index}`, tags: [tag], title: 'Titolo' })),
    );
    const found = await all.suggestions('port', { limit: 3, kind: 'tag' }, NOW);
    expect(found.map(({ name }) => name)).toEqual(['porte', 'porti', 'portici']);
  });
});

describe('people and months', () => {
  it('are those of episodes and of their segments, each counted once an episode; the byline is not among them', async () => {
    const catalogue = await catalogueWith(
      { ...picket, byline: 'Redazione' },
      written,
      episodeOf({ slug: 'altra', people: [{ name: 'Nadia' }, { name: 'nadia' }] }),
    );
    expect(await catalogue.people(NOW)).toEqual([
      { name: 'Nadia', slug: 'nadia', count: 3 },
      { name: 'Dario', slug: 'dario', count: 1 },
      { name: 'Samira', slug: 'samira', count: 1 },
    ]);
    expect(await catalogue.person('samira', NOW)).toEqual({ name: 'Samira', slug: 'samira', count: 1 });
    expect(await catalogue.person('redazione', NOW)).toBeUndefined();
    const { items } = await catalogue.cards({ person: 'nadia' }, { limit: 5 }, NOW);
    expect(items.map((card) => card.slug)).toEqual(['altra', 'picchetto', 'scritto']);
    expect(await catalogue.countFeedEntries({ person: 'dario' }, NOW)).toBe(2);
  });

  it('of a year come newest first', async () => {
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'a', publishedAt: Date.UTC(2024, 0, 5) }),
      episodeOf({ slug: 'b', publishedAt: Date.UTC(2024, 10, 5) }),
      episodeOf({ slug: 'c', publishedAt: Date.UTC(2024, 10, 6) }),
      episodeOf({ slug: 'd', publishedAt: Date.UTC(2023, 10, 6) }),
    );
    expect(await catalogue.months(2024, NOW)).toEqual([
      { month: 11, count: 2 },
      { month: 1, count: 1 },
    ]);
    const { items } = await catalogue.cards({ year: 2024, month: 11 }, { limit: 5 }, NOW);
    expect(items.map((card) => card.slug)).toEqual(['c', 'b']);
    expect((await catalogue.cards({ year: 2024, month: 7 }, { limit: 5 }, NOW)).items).toEqual([]);
  });
});

describe('what is not public', () => {
  const secret = {
    tags: ['segretissimo'],
    title: 'Segretissimo',
    people: [{ name: 'Segreta' }],
    segments: [spoken('x.mp3')],
  };
  const said = [[cue(1, 'parolanascosta')]];

  it.each(['draft', 'review', 'withdrawn', 'published'] as const)(
    'as %s (published: with its time to come) is in no search, suggestion, count, list of people or months',
    async (status) => {
      const publishedAt = status === 'published' ? NOW + DAY : NOW - 70 * DAY;
      const catalogue = await catalogueWith(
        [episodeOf({ slug: 'x', status, publishedAt, ...secret }), said],
        episodeOf({ slug: 'y' }),
      );
      for (const text of ['parolanascosta', 'segretissimo', 'segreta', 'parolanasc'])
        expect(await slugs(catalogue, text)).toEqual([]);
      for (const filter of [{ tag: 'segretissimo' }, { person: 'segreta' }])
        expect(await slugs(catalogue, '', filter)).toEqual([]);
      expect(await catalogue.suggestions('segr', { limit: 9 }, NOW)).toEqual([]);
      expect(await catalogue.people(NOW)).toEqual([]);
      expect(await catalogue.person('segreta', NOW)).toBeUndefined();
      expect(await catalogue.months(2024, NOW)).toEqual([]);
      expect((await catalogue.months(2025, NOW)).map(({ count }) => count)).toEqual([1]);
      expect(await catalogue.related(episodeOf({ slug: 'z', ...secret }), 5, NOW)).toEqual([]);
    },
  );

  it('appears at its second, and leaves no name behind when it is withdrawn', async () => {
    const catalogue = await catalogueWith([
      episodeOf({ slug: 'x', publishedAt: NOW + DAY, ...secret }),
      said,
    ]);
    const later = NOW + DAY;
    expect(await slugs(catalogue, 'parolanascosta', {}, later)).toEqual(['x']);
    expect((await catalogue.suggestions('segr', { limit: 9 }, later)).map(({ kind }) => kind)).toEqual([
      'person',
      'tag',
      'episode',
    ]);
    await put(catalogue, episodeOf({ slug: 'x', status: 'withdrawn' }));
    expect(await catalogue.suggestions('segr', { limit: 9 }, later)).toEqual([]);
    await put(catalogue, [episodeOf({ slug: 'x', ...secret }), said]);
    expect((await catalogue.people(NOW)).map(({ name }) => name)).toEqual(['Segreta']);
    expect(await catalogue.suggestions('segreta', { limit: 9, kind: 'person' }, NOW)).toHaveLength(1);
  });
});
