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

const playing = (which = 0): Promise<boolean> =>
  page
    .locator('audio')
    .nth(which)
    .evaluate((audio: HTMLAudioElement) => !audio.paused && audio.currentTime > 0);
const place = (which = 0): Promise<number> =>
  page
    .locator('audio')
    .nth(which)
    .evaluate((audio: HTMLAudioElement) => audio.currentTime);

/** Lets the fixture's second of sound go on until it has been looked at. */
const goOn = (which: number): Promise<void> =>
  page
    .locator('audio')
    .nth(which)
    .evaluate((audio: HTMLAudioElement) => {
      audio.loop = true;
    });

describe('with JavaScript', { timeout: SLOW }, () => {
  test('the player plays, and says so', async () => {
    const complaints = complaintsOf(page);
    await page.goto(at(pathOf(newest)));
    await goOn(0);
    const button = page.getByRole('button', { name: 'Ascolta', exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await eventually(() => playing()).toBe(true);
    expect(await page.locator('.player-play').first().getAttribute('aria-label')).toBe('Pausa');
    expect(complaints).toEqual([]);
  });

  test('a moment in the text plays from there, in its player', async () => {
    await page.goto(at(pathOf(newest)));
    const sought = page
      .locator('audio')
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

  test('the speed goes round, in the page’s way of writing numbers', async () => {
    await page.goto(at(pathOf(newest)));
    const speed = page.locator('[data-act="speed"]');
    await speed.click();
    expect(await speed.textContent()).toBe('1,25×');
    expect(await speed.getAttribute('aria-label')).toBe('Velocità: 1,25×');
  });

  test('one sound at a time', async () => {
    await page.goto(at(pathOf(twoVoices)));
    await goOn(0);
    await goOn(1);
    await page.locator('.player-play').nth(0).click();
    await eventually(() => playing(0)).toBe(true);
    await page.locator('.player-play').nth(1).click();
    await eventually(() => playing(1)).toBe(true);
    expect(
      await page
        .locator('audio')
        .nth(0)
        .evaluate((audio: HTMLAudioElement) => audio.paused),
    ).toBe(true);
  });

  test('a row of the rundown plays where it is', async () => {
    await page.goto(at('/'));
    await page.getByRole('link', { name: 'Ascolta: A tape found in the cellar' }).click();
    await eventually(() => page.locator('.row audio').count()).toBe(1);
    await eventually(() => place(1)).toBeGreaterThan(0);
    expect(page.url()).toBe(at('/'));
  });

  test('audio that does not arrive is said in a sentence, and can be tried again', async () => {
    const context = await browser.newContext();
    const offline = await context.newPage();
    await offline.route('**/*.mp3', (route) => route.abort());
    await offline.goto(at(pathOf(newest)));
    expect(await offline.locator('.player-failure').isVisible()).toBe(false);
    await offline.locator('.player-play').click();
    await eventually(() => offline.locator('.player-failure').textContent()).toContain('L’audio non arriva');
    await offline.unroute('**/*.mp3');
    await offline.locator('.player-play').click();
    const currentTime = () =>
      offline.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
    await eventually(currentTime).toBeGreaterThan(0);
    expect(await offline.locator('.player-failure').isVisible()).toBe(false);
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
  const audio = plain.locator('audio');
  expect(await audio.isVisible()).toBe(true);
  expect(await audio.getAttribute('controls')).not.toBeNull();
  expect(await plain.getByRole('link', { name: '8:12', exact: true }).getAttribute('href')).toMatch(
    /gilberto-\w+\.mp3#t=492$/,
  );
  await plain.goto(at('/'));
  await plain.getByRole('link', { name: 'Ascolta: A tape found in the cellar' }).click();
  expect(plain.url()).toBe(at(pathOf(english)));
  await context.close();
});
