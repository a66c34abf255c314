import type { Browser } from 'playwright-core';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Episode } from '../../src/model/episode.ts';
import type { Cue } from '../../src/model/transcript.ts';
import { parseTranscript } from '../../src/transcripts/transcripts.ts';
import { newest, siteCatalogue, twoVoices } from '../fixtures/site-catalogue.ts';
import { barriersOn, calmContext } from './barriers.ts';
import { openBrowser } from './browser.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

const SLOW = 60_000;
const PAGE = `/shows/${newest.show}/${newest.slug}`;
const TWO = `/shows/${twoVoices.show}/${twoVoices.slug}`;
const NAME = 'gilberto-aabbccddee';

const CUES: Cue[] = [
  { start: 0, end: 4, speaker: 'Redazione', text: 'Chi parla?' },
  { start: 4.2, end: 9, speaker: 'Gilberto', text: 'Perché <script>alert(1)</script> & così via.' },
  { start: 9.5, end: 12, speaker: 'Gilberto', text: 'E ancora.' },
  { start: 60.75, end: 70, speaker: 'Gilberto', text: 'Dopo una pausa.' },
  { start: 60.9, end: 71, speaker: 'Redazione', text: 'Insieme.' },
];
const LONG: Cue[] = Array.from({ length: 3000 }, (_, at) => ({
  start: at * 3,
  end: at * 3 + 2.8,
  speaker: at % 20 < 10 ? 'Anna' : 'Irene',
  text: 'una due tre quattro cinque sei sette otto nove dieci.',
}));
/** The second of its two has a long one in English. */
const withLong: Episode = {
  ...twoVoices,
  segments: twoVoices.segments.map((segment, position) =>
    position === 1
      ? { ...segment, transcript: { file: 'due.srt', fingerprint: '0123456789', language: 'en', cues: 3000 } }
      : segment,
  ),
};

let site: SiteUnderTest;
let browser: Browser;
beforeAll(async () => {
  const catalogue = siteCatalogue({ episodes: [newest, withLong] });
  site = await openSite({
    ...catalogue,
    cues: async (_, slug, position) => (slug === newest.slug ? CUES : position === 1 ? LONG : []),
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const get = (path: string) => request(site.server).get(path);

describe('a transcript’s file', () => {
  test.each([
    ['vtt', 'text/vtt; charset=utf-8'],
    ['srt', 'application/x-subrip; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
  ])('is there as %s whatever came in, for ever and for every site’s script', async (form, type) => {
    const { headers, body } = await get(`${PAGE}/${NAME}.${form}`).buffer().responseType('blob').expect(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
    expect(parseTranscript(body, `a.${form}`).cues).toEqual(CUES);
  });

  test('is there as plain text to be read', async () => {
    const { text } = await get(`${PAGE}/${NAME}.txt`)
      .expect(200)
      .expect('Content-Type', 'text/plain; charset=utf-8');
    expect(text).toBe(
      'Redazione: Chi parla?\n\nGilberto: Perché <script>alert(1)</script> & così via. E ancora.\n\nDopo una pausa.\n\nRedazione: Insieme.\n',
    );
  });

  test.each(['gilberto.vtt', 'gilberto.srt', 'gilberto.txt', 'gilberto-0000000000.json'])(
    'is where %s leads',
    async (name) => {
      const form = name.slice(name.lastIndexOf('.'));
      await get(`${PAGE}/${name}`).expect(302).expect('Location', `${PAGE}/${NAME}${form}`);
    },
  );

  test('of a segment that has none is not there', async () => {
    await get(
      `${TWO}/${encodeURIComponent(twoVoices.segments[0]?.file.replace(/\.\w+$/, '.vtt') ?? '')}`,
    ).expect(404);
    await get(`${PAGE}/altro.vtt`).expect(404);
    await get(`${PAGE}/gilberto.html`).expect(404);
  });
});

describe('the page', { timeout: SLOW }, () => {
  test.each([360, 1280])('shows who says what and when, at %d px, without a script', async (width) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(site.address + PAGE);
    const transcript = page.locator('#transcript-1');
    expect(await transcript.locator('.turns').getAttribute('lang')).toBe('it');
    const turns = transcript.locator('.turn');
    expect(await turns.evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      't1-0',
      't1-4',
      't1-60',
      't1-60-2',
    ]);
    expect((await turns.nth(1).textContent())?.split(/\s+/).join(' ').trim()).toBe(
      '00:04 Gilberto Perché <script>alert(1)</script> & così via. E ancora.',
    );
    const link = turns.nth(2).locator('a').first();
    expect(await link.getAttribute('href')).toBe(`${PAGE}/gilberto-1f2e3d4c5b.mp3#t=60.75`);
    expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    for (const form of ['WebVTT', 'SRT', 'JSON', 'Testo'])
      expect(await transcript.getByRole('link', { name: form, exact: true }).isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await context.close();
  });

  test('keeps a long one closed, says how long it is, and opens it by the keyboard', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.address + TWO);
    const transcript = page.locator('#transcript-2');
    expect(await transcript.locator('.turns').isVisible()).toBe(false);
    const summary = transcript.locator('summary');
    expect(await summary.textContent()).toContain('30.000 parole, 150 min di lettura');
    expect(await summary.textContent()).toContain(twoVoices.segments[1]?.title);
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await transcript.locator('.turns').isVisible()).toBe(true);
    expect(await transcript.locator('.turns').getAttribute('lang')).toBe('en');
    expect(await transcript.locator('.cue').count()).toBe(3000);
    await context.close();
  });

  test('prints a closed one open', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.address + TWO);
    await page.emulateMedia({ media: 'print' });
    const height = await page
      .locator('#transcript-2')
      .evaluate((details) => details.getBoundingClientRect().height);
    expect(height).toBeGreaterThan(10_000);
    await context.close();
  });

  test('puts no barrier in anybody’s way', async () => {
    const context = await calmContext(browser);
    const page = await context.newPage();
    await page.goto(site.address + PAGE);
    const found = await barriersOn(page, [360, 1280]);
    expect(found.filter((barrier) => /transcript|turn|cue|speaker/.test(barrier))).toEqual([]);
    await context.close();
  });
});
