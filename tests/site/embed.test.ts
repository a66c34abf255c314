import { HtmlValidate } from 'html-validate';
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mp3 } from '../fixtures/audio.ts';
import { eventually, keepStation } from '../fixtures/running-station.ts';
import { english, hostile, newest, twoVoices } from '../fixtures/site-catalogue.ts';
import { episodeMd, SHOW, STATION } from '../fixtures/station-folder.ts';
import { MARKUP_RULES } from './markup-rules.ts';
import { openSite, PUBLIC_URL, type SiteUnderTest } from './site-under-test.ts';

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const get = (path: string) => request(site.server).get(path);
const pathOf = ({ show, slug }: { show: string; slug: string }): string => `/embed/${show}/${slug}`;
const pageOf = async (path: string) => parseHTML((await get(path).expect(200)).text).document;

describe('the player for other sites', () => {
  test('may be framed by anybody, and no other page may', async () => {
    for (const path of [pathOf(newest), '/embed/niente/niente', '/embed/arabesque/ritirata']) {
      const { headers } = await get(path);
      expect(headers['content-security-policy']).toContain('frame-ancestors *');
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
      expect(headers['x-frame-options']).toBeUndefined();
    }
    for (const path of ['/', `/shows/${newest.show}/${newest.slug}`, '/niente'])
      expect((await get(path)).headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('is as strict as a page in all else, and tells nobody where it is framed', async () => {
    const { headers, text } = await get(pathOf(newest));
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|data:|script-src[^;]*\*/);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(text).toContain('<meta name="robots" content="noindex">');
    expect(text).not.toMatch(/<[^>]+ (style|on\w+)=/);
  });

  test('says what it is, and leads to the page in another tab', async () => {
    const document = await pageOf(pathOf(newest));
    const link = document.querySelector('h1 a');
    expect(link?.textContent).toContain(newest.title);
    expect(link?.getAttribute('href')).toBe(`${PUBLIC_URL}/shows/${newest.show}/${newest.slug}`);
    expect(link?.getAttribute('target')).toBe('_blank');
    expect(document.querySelector('.show')?.textContent).toContain('Stacca Stacca');
    expect(document.querySelector('audio[controls]')?.getAttribute('preload')).toBe('none');
    const chapters = [...document.querySelectorAll('.list a')].map((each) => each.getAttribute('href'));
    expect(chapters[1]).toBe(`/shows/${newest.show}/${newest.slug}?t=492`);
  });

  test('begins at the moment and in the segment that its address names', async () => {
    const source = async (query: string) =>
      (await pageOf(pathOf(twoVoices) + query)).querySelector('audio source')?.getAttribute('src');
    expect(await source('')).toMatch(/prima-\w{10}\.mp3$/);
    expect(await source('?t=4:12')).toMatch(/prima-\w{10}\.mp3#t=252$/);
    expect(await source('?segment=2&t=9')).toMatch(/seconda-\w{10}\.mp3#t=9$/);
    for (const nonsense of ['?segment=7', '?segment=x&t=-1', '?t=99999', '?segment=0'])
      expect(await source(nonsense)).toMatch(/prima-\w{10}\.mp3$/);
    const document = await pageOf(`${pathOf(twoVoices)}?segment=2`);
    expect(document.querySelector('[aria-current]')?.textContent).toContain('La seconda lettera');
  });

  test('speaks the language that it is asked for', async () => {
    const document = await pageOf(`${pathOf(english)}?lang=en`);
    expect(document.documentElement.lang).toBe('en');
    expect(document.querySelector('[data-act="copy"]')?.getAttribute('aria-label')).toBe('Copy the link');
  });

  test('says in a sentence that there is nothing, or no more', async () => {
    const { text } = await get('/embed/arabesque/bozza').expect(404);
    expect(parseHTML(text).document.querySelector('h1')?.textContent).toMatch(/^Questo audio non c’è/);
    expect(text).not.toContain('Una bozza');
    const gone = (await get('/embed/arabesque/ritirata').expect(410)).text;
    expect(parseHTML(gone).document.querySelector('h1')?.textContent).toContain('ritirato');
    expect(gone).not.toContain('Una ritirata');
    expect(parseHTML(gone).document.querySelector('a')?.getAttribute('href')).toBe(`${PUBLIC_URL}/`);
  });

  test('of an episode that was renamed leads to the new one, moment and all', async () => {
    await get('/embed/stacca-stacca/vecchio-nome?t=12&lang=en')
      .expect(301)
      .expect('Location', `${pathOf(newest)}?t=12&lang=en`);
  });

  test('lets no markup of a title through', async () => {
    const document = await pageOf(pathOf(hostile));
    expect(document.querySelector('h1 b, h1 script')).toBeNull();
    expect(document.querySelector('h1')?.textContent).toContain('</script><b>si ferma</b>');
  });

  test('gives all that it loads to a frame that has no origin', async () => {
    const { text } = await get(pathOf(newest));
    const loaded = [...text.matchAll(/(?:href|src|srcset)="(\/(?:assets|pictures|shows)[^"#?]*(?:\.\w+))"/g)];
    expect(loaded.length).toBeGreaterThan(4);
    for (const [, address = ''] of loaded) {
      const { headers } = await get(address).expect(200);
      expect([address, headers['access-control-allow-origin']]).toEqual([address, '*']);
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    }
  });

  test.each([pathOf(newest), `${pathOf(twoVoices)}?segment=2`, pathOf(hostile), '/embed/niente/niente'])(
    '%s is valid HTML',
    async (path) => {
      const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: MARKUP_RULES });
      const { text } = await get(path);
      const { results } = await validator.validateString(text);
      expect(
        results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`)),
      ).toEqual([]);
    },
  );
});

describe('what it weighs', () => {
  /** Bytes over the wire: the page and all that it loads but the audio. */
  async function weightOf(station: Awaited<ReturnType<typeof keepStation>>, path: string) {
    const text = await station.text(path);
    const loaded = [...text.matchAll(/(?:href|src|srcset)="(\/(?:assets|pictures)\/[^"]+)"/g)].map(
      ([, address = '']) => address,
    );
    const peaks = `${/<source src="([^"]+\.mp3)"/.exec(text)?.[1]}.peaks`;
    const drawn = await eventually(
      () => station.get(peaks),
      ({ status }) => status === 200,
      40,
    );
    const answers = [drawn, ...(await Promise.all([path, ...loaded].map((each) => station.get(each))))];
    for (const { status, url } of answers) expect([url, status]).toEqual([url, 200]);
    const weights = answers.map(({ headers }) => Number(headers.get('content-length')));
    expect(Math.min(...weights)).toBeGreaterThan(0);
    return { bytes: weights.reduce((sum, weight) => sum + weight), loaded };
  }

  const noise = (side: number) =>
    sharp({
      create: {
        width: side,
        height: side,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 80 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer();

  test('is under 30 KB, whatever is on the cover', { timeout: 120_000 }, async () => {
    const flat = await sharp({ create: { width: 700, height: 700, channels: 3, background: '#e8321a' } })
      .jpeg()
      .toBuffer();
    const chapters = Array.from({ length: 40 }, (_, at) => ({
      start: at / 20,
      title: `Capitolo numero ${at}`,
    }));
    const station = await keepStation({
      'station.md': STATION,
      'stacca/show.md': SHOW,
      'stacca/2025-01-30-leggera/episode.md': episodeMd(['title: Leggera']),
      'stacca/2025-01-30-leggera/cover.jpg': flat,
      'stacca/2025-01-30-leggera/voce.mp3': mp3({ seconds: 2, chapters }),
      'stacca/2025-01-31-pesante/episode.md': episodeMd(['title: Pesante']),
      'stacca/2025-01-31-pesante/cover.jpg': await noise(700),
      'stacca/2025-01-31-pesante/voce.mp3': mp3({ seconds: 2, salt: 2 }),
    });
    const light = await weightOf(station, '/embed/stacca/2025-01-30-leggera');
    expect(light.bytes).toBeLessThan(30_000);
    expect(light.loaded.some((address) => address.endsWith('/320.avif'))).toBe(true);
    const heavy = await weightOf(station, '/embed/stacca/2025-01-31-pesante');
    expect(heavy.bytes).toBeLessThan(30_000);
    expect(heavy.loaded.some((address) => address.endsWith('/96.avif'))).toBe(true);
    await station.close();
  });
});
