import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { DAY, episodeOf, NOW, segmentOf } from '../fixtures/episodes.ts';
import { catalogueWith, sharedCatalogue } from './opened.ts';

const sputnik = episodeOf({
  slug: 'sputnik',
  title: 'Sputnik Moment?',
  tags: ['cina', 'deep seek', 'intelligenza artificiale'],
  people: [{ name: 'Gilberto', role: 'guest' }],
  summary: 'La notizia del lancio del prodotto cinese ha sorpreso quasi tutti.',
  articleText: `Nessuno poteva immaginare che la Cina fosse già a questo livello nello sviluppo
    dell’Intelligenza Artificiale cosiddetta generativa. I modelli americani sono chiusi; la città e l'università
    ne discutono, e c'è chi parla del C.P.R. di corso Brunelleschi. Perché costa così poco?`,
  publishedAt: NOW - 2 * DAY,
});
const english = episodeOf({
  slug: 'harbour',
  title: 'Striking dockers',
  language: 'en',
  articleText:
    "The dockers' union was striking again in the harbours. DeepSeek isn't mentioned, people's rights are.",
  publishedAt: NOW - 5 * DAY,
});
const other = episodeOf({
  slug: 'noi',
  title: 'Noi e voi',
  articleText:
    'Un cantiere in Valsusa, le lavoratrici della logistica, i presìdi. Deep inside the valley: No TAV.',
  segments: [
    segmentOf({
      file: 'a.mp3',
      title: 'Intervista alle operaie',
      chapters: [{ start: 3, title: 'Lo sciopero' }],
    }),
  ],
  publishedAt: NOW - 9 * DAY,
});

async function found(catalogue: Catalogue, text: string): Promise<string[]> {
  const { hits } = await catalogue.search(text, { page: 1, size: 10 }, NOW);
  return hits.map((hit) => hit.card.slug);
}

describe('a search in Italian and English', () => {
  const italian = sharedCatalogue(sputnik, other);
  const both = sharedCatalogue(sputnik, english, other);

  it.each([
    ['intelligenze artificiali', 'another number'],
    ['INTELLIGENZA', 'capitals'],
    ["l'intelligenza", 'an elision'],
    ['dell’intelligenza artificiale', 'an elision with the curly apostrophe'],
    ['cinesi', 'an inflection'],
    ['citta', 'an accent left out'],
    ['perché universita', 'a word that says nothing beside one that does'],
    ['deepseek', 'two words written as one'],
    ['DeepSeek', 'two words written as one, with capitals'],
    ['deep seek', 'the two words of a tag'],
    ['deep-seek', 'a dash'],
    ['cpr', 'an acronym without its dots'],
    ['C.P.R.', 'an acronym with its dots'],
    ['intelligenz', 'an unfinished word'],
    ['gilberto cina', 'a person and a tag'],
    ['"intelligenza artificiale"', 'a phrase'],
    ['«sviluppo dell’intelligenza»', 'a phrase in Italian quotes'],
  ])('finds the article by %j: %s', async (text) => {
    expect((await found(italian(), text))[0]).toBe('sputnik');
  });

  it.each([
    ['strike', 'harbour'],
    ['harbour', 'harbour'],
    ["docker's", 'harbour'],
    ['lavoratori', 'noi'],
    ['presidio', 'noi'],
    ['no tav', 'noi'],
    ['scioperi', 'noi'],
    ['intervista operaia', 'noi'],
    ['noi e voi', 'noi'],
  ])('finds for %j the episode %s', async (text, slug) => {
    expect((await found(both(), text))[0]).toBe(slug);
  });

  it('finds by two words what writes them as one', async () => {
    const catalogue = await catalogueWith(english, other);
    expect(await found(catalogue, 'deep seek')).toEqual(['harbour']);
  });

  it('keeps a phrase together', async () => {
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'insieme', articleText: 'una casa occupata in centro' }),
      episodeOf({ slug: 'sparse', articleText: 'occupata da anni, era la casa di tutti' }),
    );
    expect(await found(catalogue, '"casa occupata"')).toEqual(['insieme']);
    expect((await found(catalogue, 'casa occupata')).sort()).toEqual(['insieme', 'sparse']);
  });

  it('wants every word, and takes any when no episode has all', async () => {
    expect(await found(italian(), 'cina modelli')).toEqual(['sputnik']);
    expect((await found(italian(), 'cina cantiere')).sort()).toEqual(['noi', 'sputnik']);
    expect(await found(italian(), 'xyzzy')).toEqual([]);
  });

  it('puts the title before the tags, the tags before the text, and the newer of two equals first', async () => {
    const words = 'Si parla di tante cose diverse, per esempio di porti, navi, container e gru.';
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'testo', title: 'Una storia', articleText: `${words} Anche di balene.` }),
      episodeOf({ slug: 'titolo', title: 'Balene', articleText: words }),
      episodeOf({ slug: 'tag', title: 'Una storia', tags: ['balene'], articleText: words }),
      episodeOf({ slug: 'prima', title: 'Pesce spada', publishedAt: NOW - 900 * DAY }),
      episodeOf({ slug: 'dopo', title: 'Pesce spada', publishedAt: NOW - DAY }),
    );
    expect(await found(catalogue, 'balena')).toEqual(['titolo', 'tag', 'testo']);
    expect(await found(catalogue, 'pesce')).toEqual(['dopo', 'prima']);
  });

  it('stays within a show and turns its pages', async () => {
    const episodes = Array.from({ length: 7 }, (_, index) =>
      episodeOf({ slug: `e${index}`, title: 'Torino', show: index < 5 ? 'uno' : 'due' }),
    );
    const catalogue = await catalogueWith(...episodes);
    const page = (number: number) => catalogue.search('torino', { page: number, size: 2, show: 'uno' }, NOW);
    const pages = [await page(1), await page(2), await page(3)];
    expect(pages.map((one) => one.hits.length)).toEqual([2, 2, 1]);
    expect(pages[0]).toMatchObject({ total: 5, page: 1, pages: 3 });
    const shows = pages.flatMap((one) => one.hits.map((hit) => hit.card.show));
    expect(new Set(shows)).toEqual(new Set(['uno']));
    expect((await page(99)).page).toBe(3);
    expect((await page(Number.NaN)).page).toBe(1);
  });
});

describe('a search for a word that is everywhere', () => {
  const common = Array.from({ length: 450 }, (_, index) =>
    episodeOf({ slug: `e${index}`, articleText: 'Torino e dintorni', publishedAt: NOW - (index + 1) * DAY }),
  );
  const oldest = episodeOf({ slug: 'titolo', title: 'Torino', publishedAt: NOW - 2000 * DAY });
  const catalogue = sharedCatalogue(...common, oldest);

  it('still finds first the old episode that has it in its title, and turns all pages without a repetition', async () => {
    const seen: string[] = [];
    for (let page = 1; page <= 10; page += 1) {
      const { hits, total, pages } = await catalogue().search('torino', { page, size: 50 }, NOW);
      expect({ total, pages }).toEqual({ total: 451, pages: 10 });
      seen.push(...hits.map((hit) => hit.card.slug));
    }
    expect(seen[0]).toBe('titolo');
    expect(seen).toHaveLength(451);
    expect(new Set(seen).size).toBe(451);
  });
});

describe('a snippet', () => {
  it('marks the words as they stand in the text, cut at whole words', async () => {
    const before = 'Prima si parla del tempo e delle nuvole sopra la collina di Superga. '.repeat(8);
    const after = ' Dopo si torna alla musica e ai saluti di chi ascolta da casa.'.repeat(8);
    const text = `${before}Lo sviluppo dell’Intelligenza\n  Artificiale è costato poco.${after}`;
    const catalogue = await catalogueWith(episodeOf({ slug: 'a', title: 'Intelligenze', articleText: text }));
    const [hit] = (await catalogue.search('intelligenza artificiali', { page: 1, size: 5 }, NOW)).hits;
    const matches = hit?.snippet.filter((run) => run.match).map((run) => run.text);
    expect(matches).toEqual(['Intelligenza', 'Artificiale']);
    const whole = hit?.snippet.map((run) => run.text).join('') ?? '';
    expect(whole).toMatch(/^… \S.*\S …$/);
    expect(whole.length).toBeLessThan(300);
    const wordsOfText = new Set(text.split(/\s+/));
    expect(
      whole
        .replaceAll('…', '')
        .trim()
        .split(/\s+/)
        .filter((word) => !wordsOfText.has(word)),
    ).toEqual([]);
    expect(hit?.title).toEqual([{ text: 'Intelligenze', match: true }]);
  });

  it('is the beginning of the text where only a tag matches', async () => {
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'a', tags: ['balene'], articleText: 'Una storia di mare.' }),
    );
    const [hit] = (await catalogue.search('balena', { page: 1, size: 5 }, NOW)).hits;
    expect(hit?.snippet).toEqual([{ text: 'Una storia di mare.', match: false }]);
  });
});

describe('whatever is typed', () => {
  const catalogue = sharedCatalogue(sputnik, other);

  it.each([
    '',
    ' ',
    '"',
    '""',
    '"""',
    '"cina',
    'cina"',
    "'",
    "''",
    'cina AND',
    'NOT cina',
    'NEAR(cina artificiale, 2)',
    'title:cina',
    '{title body}: cina',
    '^cina*',
    '*',
    '-',
    'cina -modelli',
    '(cina',
    'cina; drop table episodes',
    '\0',
    'ci\0na',
    '🐋🐋🐋',
    '👩‍👩‍👧 cina',
    '\ud800',
    'di che e il la per',
    'the of and',
    '中国人工智能',
    'الصين',
    'a'.repeat(10_000),
    'cina '.repeat(2_000),
    '"'.repeat(10_000),
    '%_\\',
    'e\u0301\u0301\u0301',
    '\u202e\u200b\ufeff',
  ])('a search for %j answers', async (text) => {
    const page = await catalogue().search(text, { page: 1, size: 10 }, NOW);
    expect(page.hits.length).toBeLessThanOrEqual(2);
    expect(page.total).toBe(page.hits.length);
  });

  it('answers for words in every script, and any number of them', async () => {
    for (let code = 1; code < 0x3000; code += 41) {
      const character = String.fromCodePoint(code);
      const page = await catalogue().search(
        `${character}ina "${character} x${character}`,
        { page: 1, size: 1 },
        NOW,
      );
      expect(page.total).toBeLessThanOrEqual(1);
    }
  });
});

describe('related episodes', () => {
  it('share tags, people, categories or words, the closest first, without the episode itself', async () => {
    const catalogue = await catalogueWith(
      sputnik,
      episodeOf({ slug: 'vicino', title: 'Il momento Sputnik, di nuovo', tags: ['cina', 'deep seek'] }),
      episodeOf({ slug: 'tag', title: 'Fabbriche', tags: ['Cina'] }),
      episodeOf({ slug: 'persona', title: 'Hacklab', people: [{ name: 'Gilberto' }] }),
      episodeOf({ slug: 'altro', title: 'Ricette', tags: ['cucina'] }),
    );
    const slugs = (await catalogue.related(sputnik, 5, NOW)).map((card) => card.slug);
    expect(slugs[0]).toBe('vicino');
    expect([...slugs].sort()).toEqual(['persona', 'tag', 'vicino']);
  });
});
