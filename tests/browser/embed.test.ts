import { createServer, type Server } from 'node:http';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningStation } from '../fixtures/running-station.ts';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf } from '../site/browser.ts';
import { withSampleInBrowser } from './sample-in-browser.ts';

const EMBED = '/embed/stacca-stacca/2025-01-30-sputnik-moment';
const TWO = '/embed/frittura-mista/2025-01-29-cancello-due';
const SLOW = 60_000;

let browser: Browser;
let running: RunningStation & { close(): Promise<void> };
/** Another site: its page frames what the test says. */
let other: Server;
let framing = '';
let otherAddress = '';
let page: Page;
let requested: string[] = [];

withSampleInBrowser(async (opened) => {
  other = createServer((req, res) => {
    if (req.url === '/isolated') res.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(`<!doctype html><title>Another site</title><link rel="icon" href="data:,">${framing}`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const bound = other.address();
  otherAddress = `http://localhost:${typeof bound === 'object' ? bound?.port : ''}/`;
  ({ browser, running } = opened);
  page = await browser.newPage();
  page.on('request', (request) => requested.push(request.url()));
});
afterAll(async () => {
  other.closeAllConnections();
  other.close();
});
beforeEach(() => {
  requested = [];
});

/** Opens the other site with a frame of ours in it; returns the frame. */
async function framed(path: string, attributes = '', size = [640, 320], on = ''): Promise<Frame> {
  framing = `<iframe src="${running.address}${path}" width="${size[0]}" height="${size[1]}" allow="autoplay; clipboard-write" ${attributes}></iframe>`;
  await page.goto(otherAddress + on);
  await page.frameLocator('iframe').locator('main').waitFor();
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error('The page has no frame');
  return frame;
}

const place = (frame: Frame | Page): Promise<number> =>
  frame.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
const paused = (frame: Frame | Page): Promise<boolean> =>
  frame.locator('audio').evaluate((audio: HTMLAudioElement) => audio.paused);
const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: SLOW / 4 });

describe('in a frame of another site', { timeout: SLOW }, () => {
  it('plays from the moment that its address names, and asks nobody but the station', async () => {
    const complaints = complaintsOf(page);
    const frame = await framed(`${EMBED}?t=30`);
    expect(await frame.locator('.elapsed').textContent()).toBe('00:30');
    await frame.getByRole('button', { name: 'Ascolta' }).click();
    await eventually(() => place(frame)).toBeGreaterThan(30.2);
    expect(await frame.getByRole('button', { name: 'Pausa' }).isVisible()).toBe(true);
    expect(
      requested.filter(
        (url) => !url.startsWith(running.address) && url !== otherAddress && !url.startsWith('data:'),
      ),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('seeks by chapter, by keys and by buttons', async () => {
    const frame = await framed(EMBED);
    const chapter = frame.getByRole('link', { name: /Una riga di conto/ });
    await chapter.click();
    await eventually(() => place(frame)).toBeGreaterThan(24);
    expect(await chapter.getAttribute('aria-current')).toBe('true');
    await frame.getByRole('button', { name: 'Pausa' }).click();
    const before = await place(frame);
    await frame.getByRole('button', { name: 'Avanti di 30 secondi' }).click();
    await eventually(() => place(frame)).toBeCloseTo(before + 30, 0);
    await frame.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await eventually(() => place(frame)).toBeCloseTo(before + 25, 0);
    await frame.getByRole('button', { name: /Velocità/ }).click();
    expect(await frame.locator('audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate)).toBe(1.25);
    expect(page.url()).toBe(otherAddress);
  });

  it('copies the link to the moment where it stands', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const frame = await framed(`${TWO}?segment=2&t=9`);
    await frame.getByRole('button', { name: 'Copia il link' }).click();
    await eventually(() => frame.getByRole('status').textContent()).toBe('Link copiato');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`${running.address}${TWO.replace('embed', 'shows')}?segment=2&t=9`);
    await page.context().clearPermissions();
  });

  it('falls silent when another player of the station begins', async () => {
    framing = [EMBED, TWO]
      .map((path) => `<iframe src="${running.address}${path}" width="640" height="180"></iframe>`)
      .join('');
    await page.goto(otherAddress);
    await page.frameLocator('iframe >> nth=1').locator('main').waitFor();
    const [, first, second] = page.frames();
    if (first === undefined || second === undefined) throw new Error('The page has no two frames');
    await first.getByRole('button', { name: 'Ascolta' }).click();
    await eventually(() => paused(first)).toBe(false);
    await second.getByRole('button', { name: 'Ascolta' }).click();
    await eventually(() => paused(second)).toBe(false);
    await eventually(() => paused(first)).toBe(true);
  });

  it('says in a sentence that the audio does not arrive, and plays when it does', async () => {
    await page.route('**/*.mp3', (route) => route.abort());
    const frame = await framed(EMBED);
    await frame.getByRole('button', { name: 'Ascolta' }).click();
    await eventually(() => frame.getByRole('alert').textContent()).toContain('L’audio non arriva');
    await page.unroute('**/*.mp3');
    await frame.getByRole('button', { name: 'Ascolta' }).click();
    await eventually(() => place(frame)).toBeGreaterThan(0);
    expect(await frame.getByRole('alert').isVisible()).toBe(false);
  });

  it.each(['/embed/niente/niente', '/embed/stacca-stacca/2036-01-19-due-anni-al-trabocco'])(
    'says so when there is nothing at %s',
    async (path) => {
      const frame = await framed(path);
      expect(await frame.locator('h1').textContent()).toMatch(/^Questo audio non c’è/);
    },
  );
});

it('plays in a site that isolates itself', { timeout: SLOW }, async () => {
  const frame = await framed(EMBED, '', [640, 320], 'isolated');
  await frame.getByRole('button', { name: 'Ascolta' }).click();
  await eventually(() => place(frame)).toBeGreaterThan(0.2);
});

// So WordPress frames what it discovers (wp-includes/embed.php, wp_filter_oembed_result).
describe('in a sandbox without an origin', { timeout: SLOW }, () => {
  const SANDBOX = 'sandbox="allow-scripts" security="restricted"';

  it('plays, draws its waveform, and complains of nothing', async () => {
    const complaints = complaintsOf(page);
    const frame = await framed(EMBED, SANDBOX);
    expect(await frame.evaluate(() => window.origin)).toBe('null');
    await frame.getByRole('button', { name: 'Ascolta' }).click();
    await eventually(() => place(frame)).toBeGreaterThan(0.2);
    expect(requested.some((url) => url.endsWith('.mp3.peaks'))).toBe(true);
    expect(
      await frame.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it('copies all the same', async () => {
    const frame = await framed(`${EMBED}?t=9`, SANDBOX);
    await frame.getByRole('button', { name: 'Copia il link' }).click();
    await eventually(() => frame.getByRole('status').textContent()).toBe('Link copiato');
  });

  it('tells WordPress which link was followed, by the secret that it was given', async () => {
    const frame = await framed(`${EMBED}#?secret=aB3`, SANDBOX);
    const told = page.evaluate(
      () =>
        new Promise((resolve) =>
          window.addEventListener('message', ({ data }) => resolve(data), { once: true }),
        ),
    );
    await frame.getByRole('link', { name: /Uno Sputnik/ }).click();
    expect(await told).toEqual({
      message: 'link',
      value: `${running.address}${EMBED.replace('embed', 'shows')}`,
      secret: 'aB3',
    });
  });
});

describe('at every size that sites give it', { timeout: SLOW }, () => {
  it('has no barrier that axe knows, is not scrolled sideways, and has targets of 44 px', async () => {
    const context = await calmContext(browser);
    const own = await context.newPage();
    await own.goto(running.address + EMBED);
    expect(await barriersOn(own, [800, 280])).toEqual([]);
    for (const [width, height] of [
      [280, 120],
      [280, 180],
      [360, 320],
      [640, 180],
      [800, 400],
    ] as const) {
      await own.setViewportSize({ width, height });
      const outside = await own.locator('button:visible, summary:visible, .times:visible').evaluateAll(
        (parts, [right, bottom]) =>
          parts
            .map((part) => ({ name: part.className || part.tagName, box: part.getBoundingClientRect() }))
            .filter(
              ({ name, box }) =>
                box.left < 0 ||
                box.top < 0 ||
                box.right > right ||
                box.bottom > bottom ||
                (!name.includes('times') && (box.width < 44 || box.height < 44)),
            )
            .map(({ name, box }) => `${name} ${box.left},${box.top} ${box.right},${box.bottom}`),
        [width, height] as const,
      );
      expect([width, height, outside]).toEqual([width, height, []]);
    }
    await context.close();
  });

  it('shows its chapters below where there is room, and over the player where there is none', async () => {
    const frame = await framed(EMBED, '', [640, 320]);
    expect(await frame.getByRole('link', { name: /Una riga di conto/ }).isVisible()).toBe(true);
    expect(await frame.getByRole('button', { name: 'Ascolta' }).isVisible()).toBe(true);
    const small = await framed(EMBED, '', [280, 120]);
    expect(await small.getByRole('link', { name: /Una riga di conto/ }).isVisible()).toBe(false);
    await small.locator('summary').click();
    await small.getByRole('link', { name: /Una riga di conto/ }).click();
    await eventually(() => place(small)).toBeGreaterThan(24);
  });

  it('is a plain player without JavaScript', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 640, height: 180 },
    });
    const plain = await context.newPage();
    await plain.goto(`${running.address}${TWO}?segment=2&t=9`);
    expect(await plain.locator('audio[controls]').isVisible()).toBe(true);
    expect(await plain.locator('audio source').getAttribute('src')).toMatch(/\.mp3#t=9$/);
    expect(await plain.locator('button:visible').count()).toBe(0);
    await plain.locator('summary').click();
    await plain.getByRole('link', { name: /Samira/ }).click();
    expect(plain.url()).toBe(`${running.address}${TWO}?segment=1`);
    await context.close();
  });
});
