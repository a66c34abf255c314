import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVENING, scheduled, siteCatalogue } from '../fixtures/site-catalogue.ts';
import { openSite, PUBLIC_URL, type SiteUnderTest } from './site-under-test.ts';

const NEWEST = '/shows/stacca-stacca/2025-01-30-venti-volte-meno';
let site: SiteUnderTest;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const get = (path: string) => request(site.server).get(path);

describe('the home page', () => {
  test('leads with the newest episode and its player, then the others, then the shows', async () => {
    const { text } = await get('/')
      .expect(200)
      .expect('Content-Type', /text\/html/);
    const places = [
      'Il modello che costa',
      '<audio controls',
      'La scaletta',
      'Lettere da dentro',
      'Le trasmissioni',
    ];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(found).not.toContain(-1);
  });

  test('shows nothing that is a draft, withdrawn or still to come', async () => {
    const { text } = await get('/');
    expect(text).not.toMatch(/Una bozza|Una ritirata|le gru, il grano/);
  });

  test('says so when there is nothing to hear', async () => {
    const empty = await openSite(siteCatalogue({ episodes: [] }));
    const { text } = await request(empty.server).get('/').expect(200);
    expect(text).toContain('Qui non c’è ancora niente da ascoltare.');
    await empty.close();
  });
});

describe('an episode page', () => {
  test('has article, byline, player, chapters, tags, source and licence', async () => {
    const { text } = await get(NEWEST).expect(200);
    for (const part of [
      '<h1 class="episode-title">Il modello che costa venti volte meno</h1>',
      'class="byline-name">redazione<',
      '<a href="/people/gilberto">Gilberto</a> <span class="role">(ospite)</span>',
      `<source src="${NEWEST}/gilberto-1f2e3d4c5b.mp3" type="audio/mpeg">`,
      'Che cosa compravano prima',
      'href="/tags/intelligenza-artificiale"',
      'href="https://www.example.org/articolo"',
      'CC BY-NC-SA 4.0',
      'href="/categories/conflitti-globali"',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('puts two players where the text has them', async () => {
    const { text } = await get('/shows/bello-come-una-prigione/2025-01-28-lettere-da-dentro').expect(200);
    const places = [
      'La prima arriva',
      'id="segment-1"',
      'La seconda ha fatto',
      'id="segment-2"',
      'Le altre verranno',
    ];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(found).not.toContain(-1);
  });

  test('announces itself to search engines, feed readers and other sites', async () => {
    const { text } = await get(NEWEST);
    expect(text).toContain(`<link rel="canonical" href="${PUBLIC_URL}${NEWEST}">`);
    expect(text).toContain(
      'type="application/rss+xml" title="Stacca Stacca" href="/shows/stacca-stacca/feed.xml"',
    );
    expect(text).toContain(`property="og:audio" content="${PUBLIC_URL}${NEWEST}/gilberto-1f2e3d4c5b.mp3"`);
    expect(text).toContain('property="article:published_time" content="2025-01-30T14:05:00+01:00"');
    const data: unknown = JSON.parse(/ld\+json">([^<]*)</.exec(text)?.[1] ?? '');
    expect(data).toMatchObject({
      '@type': 'PodcastEpisode',
      timeRequired: 'PT21M46S',
      partOfSeries: { name: 'Stacca Stacca', webFeed: `${PUBLIC_URL}/shows/stacca-stacca/feed.xml` },
      associatedMedia: [{ '@type': 'AudioObject', contentSize: '20896000', encodingFormat: 'audio/mpeg' }],
    });
  });

  test('lets no markup out of a title, a summary or a name', async () => {
    for (const path of ['/', '/shows/frittura-mista/2025-01-29-hostile', '/search?q=logistica']) {
      const { text } = await get(path).expect(200);
      expect(text).not.toMatch(/<b>si ferma|<img src=x|<b>dal/);
    }
    const { text } = await get('/shows/frittura-mista/2025-01-29-hostile');
    const data: unknown = JSON.parse(/ld\+json">([^<]*)</.exec(text)?.[1] ?? '');
    expect(data).toMatchObject({ name: 'Turno di notte: "la logistica" </script><b>si ferma</b> & riparte' });
  });

  test('marks an article in another language than the page', async () => {
    const { text } = await get('/shows/night-shift/2025-01-26-a-tape');
    expect(text).toContain('<html lang="it">');
    expect(text).toContain('<article class="article" lang="en">');
  });

  test('goes live in its second', async () => {
    const path = `/shows/${scheduled.show}/${scheduled.slug}`;
    site.setNow(scheduled.publishedAt - 1);
    await get(path).expect(404);
    site.setNow(scheduled.publishedAt);
    await get(path).expect(200);
    site.setNow(EVENING);
  });
});

describe('languages', () => {
  test('English stands beside Italian, and goes along from page to page', async () => {
    const { text } = await get(`${NEWEST}?lang=en`).expect(200);
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('On the same thread');
    expect(text).toContain('href="/shows/stacca-stacca?lang=en"');
    expect(text).toContain(`hreflang="it" href="${PUBLIC_URL}${NEWEST}"`);
    expect(text).toContain(`<link rel="canonical" href="${PUBLIC_URL}${NEWEST}?lang=en">`);
    expect(text).toContain('<article class="article" lang="it">');
  });

  test('an unknown language is answered in the station’s', async () => {
    const { text } = await get('/?lang=xx').expect(200);
    expect(text).toContain('<html lang="it">');
  });
});

describe('lists', () => {
  test('page from newest to oldest, each episode once', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/shows/arabesque';
    while (path !== undefined) {
      const { text }: { text: string } = await get(path).expect(200);
      seen.push(...[...text.matchAll(/row-title"><a href="([^"]+)"/g)].map((match) => match[1] ?? ''));
      path = /paging-older" href="([^"]+)"/.exec(text)?.[1];
    }
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
  });

  test.each([
    ['/tags/porti', 'porti'],
    ['/categories/mediterraneo', 'Mediterraneo'],
    ['/archive/2023', 'Archivio 2023'],
    ['/archive', 'Archivio'],
    ['/tags', 'Tutte le parole chiave'],
    ['/shows', 'Le trasmissioni'],
    ['/subscribe', 'Abbonati'],
  ])('%s is titled %s', async (path, title) => {
    const { text } = await get(path).expect(200);
    expect(text).toContain(`>${title}</h1>`);
  });

  test('a cursor that nobody was given is no cursor', async () => {
    const [first, odd] = await Promise.all([get('/archive'), get('/archive?before=%00%00')]);
    expect(odd.text).toBe(first.text);
  });

  test.each(['/tags/nessuno', '/categories/nessuna', '/archive/1999', '/archive/anno', '/shows/nessuna'])(
    '%s is not there',
    async (path) => {
      await get(path).expect(404);
    },
  );
});

describe('search', () => {
  test('shows what was found, with the words marked, and keeps the query', async () => {
    const { text } = await get('/search?q=porti').expect(200);
    expect(text).toContain('45 risultati per «porti»');
    expect(text).toContain('<mark>porti</mark>');
    expect(text).toContain('value="porti"');
    expect(text).toContain('href="/search?q=porti&amp;page=2"');
  });

  test('offers ways on when nothing was found', async () => {
    const { text } = await get('/search?q=%3Cscript%3E').expect(200);
    expect(text).toContain('Niente per «&lt;script&gt;».');
    expect(text).toContain('href="/tags/porti"');
  });

  test.each([
    '?q=a&page=0',
    '?q=a&page=-1',
    '?q=a&page=99999999',
    '?q=a&page=x',
    '?q=',
    `?q=${'a'.repeat(5000)}`,
  ])('takes %s without a failure', async (query) => {
    await get(`/search${query}`).expect(200);
  });
});

describe('subscribing', () => {
  test('gives the address and opens apps by their own scheme', async () => {
    const { text } = await get('/subscribe');
    expect(text).toContain(`value="${PUBLIC_URL}/feed.xml"`);
    expect(text).toContain('href="podcast://ascolta.example.org/feed.xml"');
    expect(text).toContain('href="pktc://subscribe/ascolta.example.org/feed.xml"');
    expect(text).toContain(`value="${PUBLIC_URL}/shows/arabesque/feed.xml"`);
  });
});

describe('what machines ask for', () => {
  test('robots are shown the sitemap, and it holds public episodes only', async () => {
    const robots = await get('/robots.txt').expect(200);
    expect(robots.text).toContain(`Sitemap: ${PUBLIC_URL}/sitemap.xml`);
    const { text } = await get('/sitemap.xml').expect(200).expect('Content-Type', /xml/);
    expect(text).toContain(`<loc>${PUBLIC_URL}${NEWEST}</loc>`);
    expect(text).not.toMatch(/bozza|ritirata|domani/);
  });

  test('a large station has a sitemap for each year', async () => {
    const large = await openSite(
      siteCatalogue({
        years: async () => [
          { year: 2025, count: 20_001 },
          { year: 2024, count: 3 },
        ],
      }),
    );
    const { text } = await request(large.server).get('/sitemap.xml').expect(200);
    expect([...text.matchAll(/<loc>[^<]*?(\/sitemap-[^<]+)</g)].map((match) => match[1])).toEqual([
      '/sitemap-pages.xml',
      '/sitemap-2025-1.xml',
      '/sitemap-2025-2.xml',
      '/sitemap-2025-3.xml',
      '/sitemap-2024-1.xml',
    ]);
    await request(large.server).get('/sitemap-2024-1.xml').expect(200);
    await request(large.server).get('/sitemap-2024-2.xml').expect(404);
    await large.close();
  });

  test('healthz says that all is well', async () => {
    const { body } = await get('/healthz').expect(200).expect('Cache-Control', 'no-store');
    expect(body).toEqual({ ok: true, ready: true });
  });

  test.each([
    '/feed.xml',
    '/shows/arabesque/feed.xml',
    '/tags/porti/feed.xml',
    '/categories/mediterraneo/feed.xml',
  ])('%s is an RSS feed that any site’s script may read', async (path) => {
    const { text } = await get(path)
      .expect(200)
      .expect('Content-Type', 'application/rss+xml; charset=utf-8')
      .expect('Access-Control-Allow-Origin', '*');
    expect(text).toMatch(/^<\?xml[^>]*\?>\s*<rss/);
    expect(text).toContain(`${PUBLIC_URL}${path}`);
  });

  test('feeds have archive pages, and no more than there are', async () => {
    await get('/feed-1.xml').expect(200);
    await get('/shows/arabesque/feed-1.xml').expect(200);
    await get('/feed-2.xml').expect(404);
    await get('/feed-x.xml').expect(404);
  });

  test('JSON Feed and OPML are there', async () => {
    const { text } = await get('/feed.json')
      .expect(200)
      .expect('Content-Type', /feed\+json/);
    expect(JSON.parse(text)).toMatchObject({ feed_url: `${PUBLIC_URL}/feed.json` });
    const opml = await get('/opml.xml').expect(200);
    expect(opml.text).toContain(`xmlUrl="${PUBLIC_URL}/shows/arabesque/feed.xml"`);
  });
});
