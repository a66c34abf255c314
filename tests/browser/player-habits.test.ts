import type { Browser, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunningStation } from '../fixtures/running-station.ts';
import { calmContext } from '../site/barriers.ts';
import { forgetAll } from '../site/browser.ts';
import { withSampleInBrowser } from './sample-in-browser.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
const SLOW = 60_000;
const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: SLOW / 4 });

let browser: Browser;
let running: RunningStation & { close(): Promise<void> };
let page: Page;

withSampleInBrowser(async (opened) => {
  ({ browser, running } = opened);
  page = await (await calmContext(browser)).newPage();
});
afterEach(() => forgetAll(page, running.address));

const player = () => page.locator('#segment-1');
const audio = () => page.locator('html > audio');
const place = () => audio().evaluate((sound: HTMLAudioElement) => sound.currentTime);
const isPlaying = () => audio().evaluate((sound: HTMLAudioElement) => !sound.paused);
const open = async (path = EPISODE): Promise<void> => {
  await page.goto(running.address + path);
  await player().locator('.player-face').waitFor();
};
const play = async (): Promise<void> => {
  await player().locator('.player-play').click();
  await eventually(place).toBeGreaterThan(0.1);
};

describe('the player', { timeout: SLOW }, () => {
  it('tries again by itself where the sound does not arrive, and goes on at the place that was asked for', async () => {
    await page.route('**/*.mp3', (route) => route.abort());
    await open(`${EPISODE}?t=40`);
    await player().locator('.player-play').click();
    const failure = player().locator('.player-failure');
    await eventually(() => failure.isVisible()).toBe(true);
    expect(await failure.textContent()).toContain('L’audio non arriva');
    await page.unroute('**/*.mp3');
    await eventually(place).toBeGreaterThan(40);
    await eventually(() => failure.isVisible()).toBe(false);
    expect(await isPlaying()).toBe(true);
  });

  it('keeps speed, with the pitch as it was, and volume for the next visit', async () => {
    await open();
    await play();
    await player().getByRole('combobox', { name: 'Velocità' }).selectOption('2,5×');
    await player().locator('.player-menu > summary').click();
    await player().getByRole('slider', { name: 'Volume' }).fill('0.5');
    const heard = () =>
      audio().evaluate((sound: HTMLAudioElement) => [
        sound.playbackRate,
        sound.preservesPitch,
        Math.round(sound.volume * 10) / 10,
      ]);
    expect(await heard()).toEqual([2.5, true, 0.5]);
    await page.reload();
    await play();
    expect(await heard()).toEqual([2.5, true, 0.5]);
  });

  it('shares, follows, slows down and goes to the next in the queue by key', async () => {
    await open();
    await play();
    await page.keyboard.press('<');
    expect(await audio().evaluate((sound: HTMLAudioElement) => sound.playbackRate)).toBe(0.75);
    await page.keyboard.press('f');
    await eventually(() =>
      player().getByRole('button', { name: 'Segui il testo' }).getAttribute('aria-pressed'),
    ).toBe('true');
    await page.keyboard.press('s');
    await page.getByRole('dialog', { name: 'Condividi' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Condividi' }).waitFor({ state: 'hidden' });
    await page.goto(`${running.address}/`);
    await page.locator('.row').nth(1).locator('.row-menu > summary').click();
    await page.locator('.menu[open]').getByRole('button', { name: 'Aggiungi alla coda' }).click();
    const before = await audio().getAttribute('src');
    await page.locator('body').click({ position: { x: 5, y: 300 } });
    await page.keyboard.press('n');
    await eventually(() => audio().getAttribute('src')).not.toBe(before);
  });
});
