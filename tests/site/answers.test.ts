import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { siteCatalogue } from '../fixtures/site-catalogue.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

let site: SiteUnderTest;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const get = (path: string) => request(site.server).get(path);

describe('errors', () => {
  test('a missing page helps on: a search box and the newest', async () => {
    const { text } = await get('/niente').expect(404);
    expect(text).toContain('name="q"');
    expect(text).toContain('Il modello che costa venti volte meno');
    expect(text).toContain('<meta name="robots" content="noindex, follow">');
  });

  test('a withdrawn episode is gone, with a page that says so', async () => {
    const { text } = await get('/shows/arabesque/ritirata').expect(410);
    expect(text).toContain('è stata ritirata');
    expect(text).not.toContain('Una ritirata');
  });

  test('a draft is not there', async () => {
    const { text } = await get('/shows/arabesque/bozza').expect(404);
    expect(text).not.toContain('Una bozza');
  });

  test('an address of old leads to the new one, in the reader’s language', async () => {
    await get('/shows/stacca-stacca/vecchio-nome')
      .expect(301)
      .expect('Location', '/shows/stacca-stacca/2025-01-30-venti-volte-meno');
    await get('/shows/stacca-stacca/vecchio-nome?lang=en')
      .expect(301)
      .expect('Location', '/shows/stacca-stacca/2025-01-30-venti-volte-meno?lang=en');
  });

  test('a slash too many is taken away, and never leads to another host', async () => {
    await get('/shows/').expect(301).expect('Location', '/shows');
    await get('//example.org/').expect(404);
  });

  test('the site can only be read', async () => {
    await request(site.server).post('/search').expect(405).expect('Allow', 'GET, HEAD, OPTIONS');
  });

  test.each(['/shows/%E0%A4%A', '/shows/a%00b', '/shows/..%2f..%2fetc'])('%s is refused', async (path) => {
    const { status } = await get(path);
    expect([400, 404]).toContain(status);
  });

  test('a failure is a page without a stack, and is logged', async () => {
    const broken = await openSite(
      siteCatalogue({
        cards: async () => {
          throw new Error('the disk is on fire at /srv/secret');
        },
      }),
    );
    const { text } = await request(broken.server).get('/').expect(500);
    expect(text).toContain('Si è rotto qualcosa');
    expect(text).not.toMatch(/secret|on fire|\.ts:/);
    expect(broken.logged).toHaveLength(1);
    await broken.close();
  });

  test('a catalogue that answers nothing at all still gets the reader an error page', async () => {
    const fail = async () => {
      throw new Error('closed');
    };
    const broken = await openSite(
      siteCatalogue({ station: fail, shows: fail, cards: fail, redirectFor: fail }),
    );
    const failed = await request(broken.server).get('/').expect(500);
    expect(failed.text).toContain('Si è rotto qualcosa');
    await request(broken.server).get('/niente').expect(500);
    await broken.close();
  });

  test('before the first index there is a page that asks for patience, with its sheet', async () => {
    const starting = await openSite(siteCatalogue({ station: async () => undefined, shows: async () => [] }));
    const { text } = await request(starting.server).get('/').expect(503).expect('Retry-After', '2');
    expect(text).toContain('sta leggendo il suo archivio');
    const sheet = /rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? '';
    await request(starting.server).get(sheet).expect(200);
    expect(starting.logged).toEqual([]);
    await starting.close();
  });
});

describe('headers', () => {
  test('protect the first answer and the held one alike', async () => {
    const first = await get('/subscribe');
    const held = await get('/subscribe');
    for (const { headers } of [first, held]) {
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('microphone=()');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-powered-by']).toBeUndefined();
    }
    expect(held.headers.etag).toBe(first.headers.etag);
  });

  test('ask for https only where the site is reached by https', async () => {
    const { headers } = await get('/');
    expect(headers['strict-transport-security']).toContain('max-age=');
    const plain = await openSite(siteCatalogue(), 'http://127.0.0.1:3000');
    const answer = await request(plain.server).get('/');
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    expect(answer.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    await plain.close();
  });

  test('let a reader keep a page until it changes', async () => {
    const { headers } = await get('/archive');
    const tag = headers.etag ?? '';
    await get('/archive').set('If-None-Match', tag).expect(304);
    await get('/archive').set('If-None-Match', '"other"').expect(200);
  });

  test('HEAD has them all and no body', async () => {
    const { headers, text } = await request(site.server).head('/archive').expect(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(1000);
    expect(text ?? '').toBe('');
  });
});

describe('holding', () => {
  test('only the canonical address is held: made-up parameters are rendered again each time', async () => {
    let asked = 0;
    const catalogue = siteCatalogue();
    const counting = await openSite({
      ...catalogue,
      years: async (now) => {
        asked += 1;
        return catalogue.years(now);
      },
    });
    const ask = async (path: string): Promise<number> => {
      const before = asked;
      await request(counting.server).get(path).expect(200);
      await request(counting.server).get(path).expect(200);
      return asked - before;
    };
    expect(await ask('/archive')).toBe(1);
    expect(await ask('/archive?utm_source=x')).toBe(2);
    expect(await ask('/archive?lang=it')).toBe(2);
    expect(await ask('/archive?lang=en')).toBe(1);
    await counting.close();
  });

  test('the same state gives the same bytes, in any process', async () => {
    const other = await openSite();
    const [one, two] = await Promise.all([get('/'), request(other.server).get('/')]);
    expect(two.text).toBe(one.text);
    await other.close();
  });
});
