import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningStation } from '../fixtures/running-station.ts';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf, forgetAll } from '../site/browser.ts';
import { withSampleInBrowser } from './sample-in-browser.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
const SLOW = 60_000;
const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: SLOW / 4 });

let browser: Browser;
let running: RunningStation & { close(): Promise<void> };
let context: BrowserContext;
let page: Page;
let complaints: string[] = [];

withSampleInBrowser(async (opened) => {
  ({ browser, running } = opened);
  context = await calmContext(browser);
  page = await context.newPage();
  complaints = complaintsOf(page);
});
beforeEach(() => {
  complaints.splice(0);
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await forgetAll(page, running.address);
});

const player = () => page.locator('#segment-1');
const playButton = () => player().locator('.player-play');
const sound = <T>(ask: (audio: HTMLAudioElement) => T): Promise<T> =>
  page.locator('html > audio').evaluate(ask as (audio: Node) => T) as Promise<T>;
const place = () => sound((audio) => audio.currentTime);
const isPlaying = () => sound((audio) => !audio.paused);
const open = async (width = 1280, path = EPISODE): Promise<void> => {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(running.address + path);
  await player().locator('.player-face').waitFor();
};
const play = async (): Promise<void> => {
  await playButton().click();
  await eventually(place).toBeGreaterThan(0.1);
};

describe.each([360, 1280])('at %d px', { timeout: SLOW }, (width) => {
  it('shows play, seeking, time, speed, sharing, following and a menu, each 44 px', async () => {
    await open(width);
    for (const name of [
      /^Ascolta$/,
      'Indietro di 15 secondi',
      'Avanti di 30 secondi',
      'Condividi da qui',
      'Segui il testo',
    ])
      expect(await player().getByRole('button', { name, exact: true }).isVisible()).toBe(true);
    expect(await player().getByRole('combobox', { name: 'Velocità' }).isVisible()).toBe(true);
    const small = await player()
      .locator('button:visible, summary:visible, select:visible, .player-seek')
      .evaluateAll(
        (all) =>
          all.filter((each) => {
            const { width: wide, height } = each.getBoundingClientRect();
            return wide < 44 || height < 44;
          }).length,
      );
    expect(small).toBe(0);
  });

  it('has a menu that the keyboard opens and Escape closes, and no barrier while it is open', async () => {
    await open(width);
    await player().locator('.player-menu > summary').focus();
    await page.keyboard.press('Enter');
    const sleep = player().getByRole('combobox', { name: 'Spegni' });
    await sleep.waitFor();
    expect(await player().getByRole('slider', { name: 'Volume' }).isVisible()).toBe(true);
    expect(
      await player()
        .getByRole('link', { name: /Scarica/ })
        .isVisible(),
    ).toBe(true);
    expect(await barriersOn(page, [width])).toEqual([]);
    await sleep.focus();
    await page.keyboard.press('Escape');
    expect(await sleep.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
  });

  it('is sought on the waveform by pointer and by keys, and says chapters', async () => {
    await open(width);
    await play();
    const seek = player().getByRole('slider', { name: 'Posizione nell’audio' });
    const box = await seek.boundingBox();
    if (!box) throw new Error('There is no waveform');
    await seek.hover({ position: { x: box.width * 0.9, y: 20 } });
    await eventually(() => player().locator('.player-hint').textContent()).toMatch(/^01:\d\d .+/);
    await page.mouse.down();
    await page.mouse.up();
    await eventually(place).toBeGreaterThan(60);
    await seek.press('PageDown');
    await eventually(place).toBeLessThan(60);
    expect(await seek.getAttribute('aria-valuetext')).toMatch(/^00:\d\d \/ 01:30, .+/);
  });
});

describe('the player', { timeout: SLOW }, () => {
  it('draws the waveform as soon as the station has drawn it', async () => {
    await open();
    const heights = () =>
      player()
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => {
          const { width, height } = canvas;
          // A copy, since the browser complains where a canvas is read again and again.
          const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
          copy?.drawImage(canvas, 0, 0);
          const { data } = copy?.getImageData(0, 0, width, height) ?? { data: [] };
          const columns = Array.from(
            { length: width - 20 },
            (_, x) =>
              Array.from({ length: height }, (__, y) => (data[(y * width + x + 10) * 4 + 3] ?? 0) > 0).filter(
                Boolean,
              ).length,
          );
          return new Set(columns).size;
        });
    await eventually(heights).toBeGreaterThan(5);
  });

  it('fetches nothing but the sound after the tap before it is heard, and no sound before it', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await open();
    await page.waitForLoadState('networkidle');
    expect(asked.filter((path) => path.endsWith('.mp3'))).toEqual([]);
    const begun = page.locator('html > audio').evaluate(
      (audio: HTMLAudioElement) =>
        new Promise<string[]>((resolve) => {
          audio.addEventListener(
            'playing',
            () => resolve(performance.getEntriesByType('resource').map(({ name }) => name)),
            {
              once: true,
            },
          );
          performance.clearResourceTimings();
        }),
    );
    const tapped = playButton().click();
    // A waveform that was not drawn yet is asked for again by itself.
    for (const name of (await begun).filter((each) => !each.endsWith('.peaks')))
      expect(name).toMatch(/\.mp3$/);
    await tapped;
  });

  it('remembers where one stopped, and goes on from there', async () => {
    await open();
    await play();
    await page.keyboard.press('5');
    await eventually(place).toBeGreaterThan(44);
    await playButton().click();
    await eventually(isPlaying).toBe(false);
    // Another visit, not the same window that only went elsewhere.
    const other = await context.newPage();
    await other.goto(running.address + EPISODE);
    const button = other.locator('#segment-1').getByRole('button', { name: /^Riprendi da 00:4\d$/ });
    await button.click();
    const at = () => other.locator('html > audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
    await eventually(at).toBeGreaterThan(44);
    await other.close();
  });

  it('forgets the place of what was heard to its end', async () => {
    await open();
    await play();
    await page.locator('html > audio').evaluate((audio: HTMLAudioElement) => {
      audio.currentTime = audio.duration - 0.3;
    });
    await eventually(() => sound((audio) => audio.ended)).toBe(true);
    await page.reload();
    expect(await player().getByRole('button', { name: 'Ascolta', exact: true }).isVisible()).toBe(true);
  });

  it('stops at the end of the chapter when asked to, and says how long is left', async () => {
    await open();
    await play();
    await player().locator('.player-menu > summary').click();
    await player().getByRole('combobox', { name: 'Spegni' }).selectOption('Alla fine del capitolo');
    await page.keyboard.press('Escape');
    await eventually(() => player().locator('.player-sleep').textContent()).toMatch(/^Spegne tra 00:\d\d$/);
    await page.locator('html > audio').evaluate((audio: HTMLAudioElement) => {
      audio.currentTime = 23;
    });
    await eventually(isPlaying).toBe(false);
    expect(await place()).toBeLessThan(25);
  });

  it('answers the keys that people know, and none while somebody writes', async () => {
    await open();
    await page.keyboard.press('k');
    await eventually(place).toBeGreaterThan(0.1);
    await page.keyboard.press('l');
    await eventually(place).toBeGreaterThan(30);
    await page.keyboard.press('j');
    await eventually(place).toBeLessThan(25);
    await page.keyboard.press('ArrowRight');
    await eventually(place).toBeGreaterThan(19);
    await page.keyboard.press('m');
    expect(await sound((audio) => audio.muted)).toBe(true);
    await page.keyboard.press('Shift+>');
    expect(await sound((audio) => audio.playbackRate)).toBe(1.25);
    await page.keyboard.press('Space');
    await eventually(isPlaying).toBe(false);
    const stood = await place();
    await page.locator('input[type="search"]').first().focus();
    await page.keyboard.type('k 5 jl');
    expect([await isPlaying(), await place()]).toEqual([false, stood]);
    await page.locator('body').click({ position: { x: 5, y: 300 } });
    await page.keyboard.press('Control+k');
    expect(await isPlaying()).toBe(false);
  });

  it('leaves to buttons and menus the keys that are theirs', async () => {
    await open();
    await play();
    await player().locator('.player-menu > summary').focus();
    await page.keyboard.press('Space');
    expect(await player().locator('.player-menu').getAttribute('open')).not.toBeNull();
    expect(await isPlaying()).toBe(true);
  });

  it('lists the keys in a dialog, without a barrier', async () => {
    await open();
    await page.keyboard.press('Shift+?');
    const dialog = page.getByRole('dialog', { name: 'Tasti' });
    await dialog.waitFor();
    expect(await dialog.getByText('15 secondi indietro, 30 avanti').isVisible()).toBe(true);
    expect(await barriersOn(page, [360, 1280])).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('tells lock screens what sounds and where it stands', async () => {
    await open();
    await play();
    const told = () =>
      page.evaluate(() => {
        const { metadata, playbackState } = navigator.mediaSession;
        return [metadata?.title, metadata?.artist, metadata?.artwork.length, playbackState];
      });
    await eventually(told).toEqual(['Uno Sputnik da pochi soldi', 'Stacca Stacca', 1, 'playing']);
  });

  it('tells the page where it stands, and passes on what it does not do itself', async () => {
    await open();
    await page.evaluate(() => {
      for (const name of ['riascolta:time', 'riascolta:act'])
        document.addEventListener(name, (event) => {
          const { segment, place, act } = (event as CustomEvent).detail;
          document.documentElement.dataset[name.slice(10)] = [segment, Math.floor(place), act ?? ''].join(
            ' ',
          );
        });
    });
    await play();
    await page.keyboard.press('3');
    const told = (name: string) => page.locator('html').getAttribute(`data-${name}`);
    await eventually(() => told('time')).toMatch(/^0 2[78] $/);
    await player().getByRole('button', { name: 'Condividi da qui' }).click();
    expect(await told('act')).toMatch(/^0 2\d share$/);
  });
});
