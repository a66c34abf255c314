import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { english, newest, siteCatalogue, twoVoices } from '../fixtures/site-catalogue.ts';
import { complaintsOf, openBrowser } from './browser.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

/** A machine that has other work may need this long (ms). */
const SLOW = 60_000;

const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: SLOW / 4 });

let site: SiteUnderTest;
let browser: Browser;
let page: Page;

const at = (path: string): string => site.address + path;
const pathOf = ({ show, slug }: { show: string; slug: string }): string => `/shows/${show}/${slug}`;

beforeAll(async () => {
  site = await openSite(siteCatalogue({ episodes: [newest, twoVoices, english] }), 'http://127.0.0.1');
  browser = await openBrowser();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const audio = () => page.locator('html > audio');
const playing = (): Promise<boolean> =>
  audio().evaluate((sound: HTMLAudioElement) => !sound.paused && sound.currentTime > 0);
const address = (): Promise<string> => audio().evaluate((sound: HTMLAudioElement) => sound.currentSrc);

/** Lets the fixture's second of sound go on until it has been looked at. */
const goOn = (): Promise<void> =>
  audio().evaluate((sound: HTMLAudioElement) => {
    sound.loop = true;
  });

describe('with JavaScript', { timeout: SLOW }, () => {
  test('the player plays, and says so', async () => {
    const complaints = complaintsOf(page);
    await page.goto(at(pathOf(newest)));
    await goOn();
    const button = page.getByRole('button', { name: 'Ascolta', exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await eventually(playing).toBe(true);
    expect(await page.locator('.player-play').first().getAttribute('aria-label')).toBe('Pausa');
    expect(complaints).toEqual([]);
  });

  test('a moment in the text plays from there, in its player', async () => {
    await page.goto(at(pathOf(newest)));
    const sought = page
      .locator('html > audio')
      .evaluate(
        (audio: HTMLAudioElement) =>
          new Promise<boolean>((resolve) =>
            audio.addEventListener('play', () => resolve(true), { once: true }),
          ),
      );
    await page.getByRole('link', { name: '8:12', exact: true }).click();
    expect(await sought).toBe(true);
    expect(page.url()).toBe(at(pathOf(newest)));
  });

  test('the speed is chosen, in the page’s way of writing numbers, and is kept', async () => {
    await page.goto(at(pathOf(newest)));
    const speed = page.locator('.player-face').getByRole('combobox', { name: 'Velocità' });
    await speed.selectOption('1,25×');
    await page.locator('.player-play').first().click();
    const rate = () => audio().evaluate((sound: HTMLAudioElement) => sound.playbackRate);
    await eventually(rate).toBe(1.25);
    expect(await audio().evaluate((sound: HTMLAudioElement) => sound.preservesPitch)).toBe(true);
    await page.goto(at(pathOf(twoVoices)));
    expect(await speed.first().inputValue()).toBe('1.25');
    await speed.first().selectOption('1×');
  });

  test('one sound at a time: another player takes the place of the first', async () => {
    await page.goto(at(pathOf(twoVoices)));
    await goOn();
    const faces = page.locator('riascolta-player');
    await faces.nth(0).locator('.player-play').click();
    await eventually(playing).toBe(true);
    const first = await address();
    await faces.nth(1).locator('.player-play').click();
    await eventually(address).not.toBe(first);
    await eventually(playing).toBe(true);
    expect(await faces.nth(0).locator('.player-play').getAttribute('aria-label')).not.toBe('Pausa');
    expect(await faces.nth(1).locator('.player-play').getAttribute('aria-label')).toBe('Pausa');
    expect(await page.locator('audio').count()).toBe(1);
  });

  test('the next segment of an episode goes on by itself', async () => {
    await page.goto(at(pathOf(twoVoices)));
    const faces = page.locator('riascolta-player');
    await faces.nth(0).locator('.player-play').click();
    await eventually(() => faces.nth(1).getAttribute('class')).toContain('is-active');
  });

  test('a row of the rundown plays in the bar, and the page stays', async () => {
    await page.goto(at('/'));
    await goOn();
    await page.getByRole('link', { name: 'Ascolta: A tape found in the cellar' }).click();
    await eventually(playing).toBe(true);
    expect(await page.getByRole('region', { name: 'In ascolto' }).isVisible()).toBe(true);
    expect(await page.locator('.bar-title').textContent()).toBe('A tape found in the cellar');
    expect(page.url()).toBe(at('/'));
    await page.getByRole('button', { name: 'Smetti di ascoltare' }).click();
    expect(await page.locator('#bar').isVisible()).toBe(false);
    expect(await playing()).toBe(false);
  });

  test('audio that does not arrive is said in a sentence, and tried again by itself', async () => {
    const context = await browser.newContext();
    const offline = await context.newPage();
    await offline.route('**/*.mp3', (route) => route.abort());
    await offline.goto(at(pathOf(newest)));
    const failure = offline.locator('.player-face .player-failure');
    expect(await failure.isVisible()).toBe(false);
    await offline.locator('.player-play').first().click();
    await eventually(() => failure.textContent()).toContain('L’audio non arriva');
    await offline.unroute('**/*.mp3');
    const currentTime = () =>
      offline.locator('html > audio').evaluate((sound: HTMLAudioElement) => sound.currentTime);
    await eventually(currentTime).toBeGreaterThan(0);
    expect(await failure.isVisible()).toBe(false);
    await context.close();
  });

  test('the feed’s address is copied', async () => {
    await page.goto(at('/subscribe'));
    await page.getByRole('button', { name: 'Copia' }).first().click();
    await eventually(() => page.locator('[data-copy]').first().textContent()).toBe('Copiato');
  });
});

test('without JavaScript the plain player is there, and moments and rows are links', {
  timeout: SLOW,
}, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(at(pathOf(newest)));
  const controls = plain.locator('audio');
  expect(await controls.isVisible()).toBe(true);
  expect(await controls.getAttribute('controls')).not.toBeNull();
  expect(await plain.getByRole('link', { name: '8:12', exact: true }).getAttribute('href')).toMatch(
    /gilberto-\w+\.mp3#t=492$/,
  );
  await plain.goto(at('/'));
  await plain.getByRole('link', { name: 'Ascolta: A tape found in the cellar' }).click();
  expect(plain.url()).toBe(at(pathOf(english)));
  await context.close();
});
