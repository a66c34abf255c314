import { parseRssFeed } from 'feedsmith';
import { HtmlValidate } from 'html-validate';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openFindingCatalogue } from './finding-catalogue.ts';
import { MARKUP_RULES } from './markup-rules.ts';
import { openSite, PUBLIC_URL, type SiteUnderTest } from './site-under-test.ts';

const NEWEST = '/shows/stacca-stacca/2025-01-30-venti-volte-meno';
const LETTERS = '/shows/bello-come-una-prigione/2025-01-28-lettere-da-dentro';
let site: SiteUnderTest;
let content: Awaited<ReturnType<typeof openFindingCatalogue>>;

beforeAll(async () => {
  content = await openFindingCatalogue();
  site = await openSite(content.catalogue);
});
afterAll(async () => {
  await site.close();
  await content.close();
});

const get = (path: string) => request(site.server).get(path);
const textOf = async (path: string, status = 200): Promise<string> => (await get(path).expect(status)).text;
const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
const rowsIn = (html: string): string[] => html.split('<li class="row ').slice(1);

describe('a search page', () => {
  test('opens what was found in the sound at its moment, and says who speaks', async () => {
    const [row = ''] = rowsIn(await textOf('/search?q=hangzhou'));
    expect(linksIn(row).filter((href) => href === `${NEWEST}?t=44`)).toHaveLength(2);
    expect(row).toContain('Ascolta da 00:44');
    expect(row).toMatch(/Gilberto:<\/span>.*<mark>Hangzhou<\/mark>/);
  });

  test('names the segment of the moment where it is not the first, and keeps the language', async () => {
    expect(linksIn(await textOf('/search?q=terza+sezione'))).toContain(`${LETTERS}?segment=2&t=61`);
    expect(linksIn(await textOf('/search?q=terza+sezione&lang=en'))).toContain(
      `${LETTERS}?segment=2&t=61&lang=en`,
    );
  });

  test('opens at the moment of a chapter', async () => {
    expect(linksIn(await textOf('/search?q=metterci+le+mani'))).toContain(`${NEWEST}?t=963`);
  });

  test('narrows by what its form says, each filter with a link that takes it off', async () => {
    const html = await textOf('/search?q=porti&show=arabesque&year=2024&tag=&person=Marta');
    expect(html).toMatch(/<option value="arabesque" selected>/);
    expect(html).toMatch(/<option selected>2024</);
    expect(html).toMatch(/name="person"[^>]*value="Marta"/);
    expect(linksIn(html)).toEqual(
      expect.arrayContaining([
        '/search?q=porti&year=2024&person=marta',
        '/search?q=porti&show=arabesque&person=marta',
        '/search?q=porti&show=arabesque&year=2024',
      ]),
    );
    expect(html).toContain('Togli il filtro Trasmissione: Arabesque');
    const dates = [...html.matchAll(/class="row-date" datetime="(\d{4})/g)].map(([, year]) => year);
    expect(dates.length).toBeGreaterThan(10);
    expect(new Set(dates)).toEqual(new Set(['2024']));
  });

  test('keeps its filters from page to page', async () => {
    const html = await textOf('/search?q=porti&show=arabesque');
    expect(linksIn(html)).toContain('/search?q=porti&show=arabesque&page=2');
  });

  test('with filters and no word has what passes them, the newest first', async () => {
    const html = await textOf('/search?tag=lettere');
    expect(html).toContain('1 puntata, con questi filtri');
    expect(rowsIn(html)[0]).toContain(LETTERS);
    expect(html).not.toContain('<mark>');
  });

  test('says that without the filters there would be something', async () => {
    const html = await textOf('/search?q=porti&year=2025&tag=lettere');
    expect(html).toContain('Niente per «porti».');
    expect(html).toMatch(/Senza filtri ci sono \d+ risultati per «porti»\./);
    expect(linksIn(html)).toContain('/search?q=porti');
  });

  test.each([
    '/search?year=abc&show=../etc&tag=%00&person=%22%3E%3Cscript%3E',
    '/search?show=nessuna&q=porti',
    `/search?tag=${'a'.repeat(5000)}`,
    '/search?year=99999999&person=%F0%9F%90%8B',
    '/search?q=%22&tag=%22',
  ])('answers %s with a whole page', async (path) => {
    const html = await textOf(path);
    expect(html).toContain('</html>');
    expect(html).not.toContain('"><script>');
  });
});

describe('suggestions', () => {
  const Suggestions = z.object({
    said: z.string(),
    suggestions: z.array(z.object({ kind: z.string(), name: z.string(), href: z.string() })),
  });
  const suggested = async (query: string) =>
    Suggestions.parse(JSON.parse((await get(`/suggest?${query}`).expect(200)).text));

  test('are JSON that says what each is and where it leads, and may be kept shortly', async () => {
    const answer = await get('/suggest?q=gi').expect(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    expect(answer.body).toEqual({
      said: '1 suggerimento',
      suggestions: [{ kind: 'Voce', name: 'Gilberto', href: '/people/gilberto' }],
    });
  });

  test('lead to pages that are there, in the language of the page', async () => {
    const { said, suggestions } = await suggested('q=le&lang=en');
    expect(said).toBe(`${suggestions.length} suggestions`);
    expect(suggestions.map(({ kind }) => kind)).toEqual(['Tag', 'Episode']);
    for (const { href } of suggestions) {
      expect(href).toContain('lang=en');
      await get(href).expect(200);
    }
  });

  test('name one kind where only that is asked for', async () => {
    const { suggestions } = await suggested('q=po&kind=tag');
    expect(suggestions.map(({ name }) => name)).toEqual(['porti']);
  });

  test.each(['', 'q=', 'q=a', 'q=%22*', 'kind=x', `q=${'porti%20'.repeat(500)}`, 'q=%00%ff'])(
    'for %s are none, or few',
    async (query) => {
      expect((await suggested(query)).suggestions.length).toBeLessThanOrEqual(8);
    },
  );

  test('know nothing of drafts, of what was withdrawn, of what is still to come', async () => {
    for (const text of ['bozza', 'ritirata', 'gru', 'grano'])
      expect((await suggested(`q=${text}`)).suggestions).toEqual([]);
  });
});

describe('pages of people', () => {
  test('list everybody with the number of episodes', async () => {
    const html = await textOf('/people');
    expect(html).toMatch(
      /href="\/people\/marta"><span class="people-name">Marta<\/span> <span class="people-count">45</,
    );
    expect(linksIn(html)).toContain('/people/gilberto');
  });

  test('have the episodes of somebody, the show that they host, their own site, a feed', async () => {
    const html = await textOf('/people/gilberto');
    expect(rowsIn(html)).toHaveLength(1);
    expect(linksIn(html)).toEqual(
      expect.arrayContaining([
        '/shows/stacca-stacca',
        'https://gilberto.example.org/',
        '/people/gilberto/feed.xml',
      ]),
    );
    expect(html).toContain(
      '<link rel="alternate" type="application/rss+xml" title="Con Gilberto" href="/people/gilberto/feed.xml">',
    );
    const feed = parseRssFeed(await textOf('/people/gilberto/feed.xml'));
    expect(feed.title).toBe('Radio Blackout. Con Gilberto');
    expect(feed.link).toBe(`${PUBLIC_URL}/people/gilberto`);
    expect(feed.items?.map(({ title }) => title)).toEqual(['Il modello che costa venti volte meno']);
  });

  test('are there for whoever only hosts a show, without a feed', async () => {
    const html = await textOf('/people/la-redazione');
    expect(linksIn(html)).toEqual(
      expect.arrayContaining(['/shows/stacca-stacca', 'https://radio.example.org/redazione']),
    );
    expect(html).toContain('Nelle puntate pubblicate il suo nome non compare ancora.');
    await get('/people/la-redazione/feed.xml').expect(404);
  });

  test('are where every name leads: on an episode’s page, in lists, in a search', async () => {
    for (const path of [NEWEST, '/archive', '/search?q=modello', '/shows/stacca-stacca'])
      expect(linksIn(await textOf(path)), path).toContain('/people/gilberto');
    expect(linksIn(await textOf(`${NEWEST}?lang=en`))).toContain('/people/gilberto?lang=en');
  });

  test('are not there for nobody', async () => {
    for (const name of ['nessuno', '%00', '..%2f..', '🐋'])
      await get(`/people/${encodeURI(name)}`).expect(404);
  });
});

describe('pages of months', () => {
  test('hold the episodes of one month on the station’s clock, with ways to its year and its neighbours', async () => {
    const html = await textOf('/archive/2025/01');
    expect(html).toContain('<h1 class="page-title">Gennaio 2025</h1>');
    expect(linksIn(html)).toEqual(expect.arrayContaining(['/archive', '/archive/2025', '/archive/2024']));
    const dates = [...html.matchAll(/class="row-date" datetime="(\d{4}-\d{2})/g)].map(([, month]) => month);
    expect(new Set(dates)).toEqual(new Set(['2025-01']));
    const year = await textOf('/archive/2024');
    expect(linksIn(year)).toEqual(expect.arrayContaining(['/archive/2024/12', '/archive/2024/11']));
  });

  test.each([
    '/archive/2025/13',
    '/archive/2025/1',
    '/archive/2025/00',
    '/archive/2030/01',
    '/archive/2025/12',
  ])('%s is none', async (path) => {
    await get(path).expect(404);
  });
});

test('the sitemap names people, tags, years and months', async () => {
  const map = await textOf('/sitemap.xml');
  for (const path of ['/people', '/people/marta', '/tags/porti', '/archive/2025', '/archive/2025/01'])
    expect(map).toContain(`<loc>${PUBLIC_URL}${path}</loc>`);
});

test.each([
  '/search?q=hangzhou',
  '/search?q=porti&show=arabesque&year=2024&person=marta&page=2',
  '/search?q=porti&tag=lettere',
  '/search?tag=nessuna',
  '/people',
  '/people/gilberto',
  '/people/la-redazione?lang=en',
  '/archive/2025/01',
  '/archive/2024?lang=en',
])('what %s is about is valid HTML', async (path) => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: MARKUP_RULES });
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(await textOf(path)) ?? [];
  const { results } = await validator.validateString(main);
  expect(
    results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
  ).toEqual([]);
});
