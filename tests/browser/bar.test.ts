import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningStation, eventually as untilAnswer } from '../fixtures/running-station.ts';
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
  await untilAnswer(
    () => running.text('/'),
    (html) => html.includes('row-play'),
  );
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

const bar = () => page.getByRole('region', { name: 'In ascolto' });
const dialog = () => page.getByRole('dialog', { name: 'La coda' });
const soundOf = (where: Page) =>
  where
    .locator('html > audio')
    .evaluate((audio: HTMLAudioElement) => ({ place: audio.currentTime, paused: audio.paused }));
const place = async (): Promise<number> => (await soundOf(page)).place;

const open = async (path: string, width = 1280): Promise<void> => {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(running.address + path);
};
/** Plays an episode, until pages are walked without leaving them. */
const playAndWalk = async (width = 1280): Promise<void> => {
  await open(EPISODE, width);
  await page.locator('#segment-1 .player-play').click();
  await eventually(place).toBeGreaterThan(0.1);
  await eventually(() => page.evaluate(() => 'Turbo' in window)).toBe(true);
  await page.evaluate(() => {
    document.documentElement.dataset.walked = 'yes';
  });
};
const hasStayed = () => page.evaluate(() => document.documentElement.dataset.walked === 'yes');
const visit = async (name: string): Promise<void> => {
  await page
    .getByRole('navigation', { name: 'Pagine principali' })
    .getByRole('link', { name, exact: true })
    .click();
};
const titles = () => dialog().locator('.queue-title').allTextContents();
const addFromRow = async (index: number, act: string): Promise<void> => {
  const row = page.locator('.row').nth(index);
  await row.locator('.row-menu > summary').click();
  await row.getByRole('button', { name: act }).click();
};

describe.each([360, 1280])('at %d px', { timeout: SLOW }, (width) => {
  it('goes on sounding while the visitor walks through the site, and says where one is', async () => {
    await playAndWalk(width);
    await visit('Archivio');
    await page.waitForURL(/\/archive$/);
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    const before = await soundOf(page);
    expect(before.paused).toBe(false);
    await eventually(place).toBeGreaterThan(before.place + 0.5);
    expect(await hasStayed()).toBe(true);
    expect(await bar().isVisible()).toBe(true);
    expect(await bar().getByRole('status').textContent()).toBe(await page.title());
    await page.goBack();
    await page.waitForURL(running.address + EPISODE);
    await eventually(() => page.locator('#segment-1.is-playing').count()).toBe(1);
    expect(await page.locator('#segment-1 .player-face').count()).toBe(1);
    expect((await soundOf(page)).paused).toBe(false);
  });

  it('has all in view, nothing behind it, and no barrier; also with menu and queue open', async () => {
    await open('/', width);
    await page.locator('.row-play').first().click();
    await bar().waitFor();
    for (const name of ['Pausa', 'Altri comandi', 'La coda', 'Smetti di ascoltare'])
      expect(await bar().locator(`[aria-label="${name}"]`).isVisible()).toBe(true);
    expect(await barriersOn(page, [width])).toEqual([]);
    await bar().locator('.player-menu > summary').click();
    expect(await barriersOn(page, [width])).toEqual([]);
    const small = await bar()
      .locator('button:visible, summary:visible, select:visible, a:visible, .player-seek')
      .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 44).length);
    expect(small).toBe(0);
    await page.keyboard.press('Escape');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const footer = await page.locator('.footer').boundingBox();
    const foot = await bar().boundingBox();
    expect((footer?.y ?? 0) + (footer?.height ?? 0)).toBeLessThanOrEqual((foot?.y ?? 0) + 1);
    await bar().locator('.bar-queue').click();
    await dialog().waitFor();
    expect(await barriersOn(page, [width])).toEqual([]);
  });
});

describe('the bar', { timeout: SLOW }, () => {
  it('is not there while the page’s own player is in view, and leads back to it', async () => {
    await playAndWalk(360);
    await page.locator('#segment-1').scrollIntoViewIfNeeded();
    await eventually(() => bar().isVisible()).toBe(false);
    await page.locator('.footer').scrollIntoViewIfNeeded();
    await eventually(() => bar().isVisible()).toBe(true);
    await bar().getByRole('link', { name: 'Vai a: Uno Sputnik da pochi soldi' }).click();
    await eventually(() => bar().isVisible()).toBe(false);
    expect(page.url()).toBe(running.address + EPISODE);
  });

  it('leads from another page to the moment, and the sound goes on', async () => {
    await playAndWalk();
    await page.keyboard.press('5');
    await visit('Archivio');
    await page.waitForURL(/\/archive$/);
    await eventually(place).toBeGreaterThan(45);
    await bar().getByRole('link', { name: 'Vai a: Uno Sputnik da pochi soldi' }).click();
    await page.waitForURL(/sputnik-moment\?t=4\d$/);
    await eventually(() => page.locator('#segment-1.is-playing').count()).toBe(1);
    expect(await soundOf(page)).toMatchObject({ paused: false });
    expect(await hasStayed()).toBe(true);
  });

  it('lets forms search while it plays', async () => {
    await playAndWalk();
    await page.locator('.masthead input[type="search"]').fill('deepseek');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?q=deepseek/);
    await eventually(() => page.locator('.row').count()).toBeGreaterThan(0);
    expect(await hasStayed()).toBe(true);
    expect((await soundOf(page)).paused).toBe(false);
  });

  it('leaves pages in another language to the browser, and goes on there at a tap', async () => {
    await playAndWalk();
    await page.keyboard.press('4');
    await eventually(place).toBeGreaterThan(36);
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/archive?lang=en';
      link.textContent = 'elsewhere';
      document.querySelector('main')?.prepend(link);
      link.click();
    });
    await page.waitForURL(/lang=en/);
    await page
      .getByRole('region', { name: 'Now playing' })
      .getByRole('button', { name: /^Resume from 00:3\d$/ })
      .click();
    await eventually(place).toBeGreaterThan(36);
    expect(await hasStayed()).toBe(false);
  });

  it('puts back where one was on the page before', async () => {
    await playAndWalk();
    await visit('Archivio');
    await page.waitForURL(/\/archive$/);
    await page.setViewportSize({ width: 1280, height: 400 });
    await page.evaluate(() => scrollTo(0, 200));
    await eventually(() => page.evaluate(() => Math.round(scrollY))).toBe(200);
    await page
      .locator('.row-title a')
      .nth(3)
      .evaluate((link: HTMLElement) => link.click());
    await page.waitForURL(/\/shows\/[^/]+\/[^/]+$/);
    // Going back while a page is still coming would be another thing.
    await page.locator('.episode-title').waitFor();
    await eventually(() => page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await page.waitForURL(/\/archive$/);
    await eventually(() => page.evaluate(() => Math.round(scrollY))).toBe(200);
  });

  it('pauses where a second window of the site begins to sound', async () => {
    await playAndWalk();
    const other = await context.newPage();
    await other.goto(running.address + EPISODE);
    await other.locator('#segment-1 .player-play').click();
    await eventually(async () => (await soundOf(other)).paused).toBe(false);
    await eventually(async () => (await soundOf(page)).paused).toBe(true);
    await page.locator('#segment-1 .player-play').click();
    await eventually(async () => (await soundOf(other)).paused).toBe(true);
    expect((await soundOf(page)).paused).toBe(false);
  });
});

describe('the queue', { timeout: SLOW }, () => {
  it('is filled from rows, ordered and emptied by keyboard, and there after a reload', async () => {
    await open('/');
    await page.locator('.row-play').nth(4).click();
    await addFromRow(0, 'Aggiungi alla coda');
    await addFromRow(1, 'Aggiungi alla coda');
    await addFromRow(2, 'Ascolta dopo questo');
    await page.reload();
    await bar().getByRole('button', { name: 'La coda: 3 in attesa' }).press('Enter');
    await eventually(async () => (await titles()).length).toBe(3);
    const [first = '', second = '', third = ''] = await titles();
    await dialog()
      .getByRole('button', { name: `Sposta giù: ${first}` })
      .press('Enter');
    expect(await titles()).toEqual([second, first, third]);
    await page.keyboard.press('Enter');
    expect(await titles()).toEqual([second, third, first]);
    await dialog()
      .getByRole('button', { name: `Togli: ${second}` })
      .press('Enter');
    expect(await titles()).toEqual([third, first]);
    await dialog().getByRole('button', { name: 'Svuota la coda' }).press('Enter');
    expect(
      await dialog()
        .getByText(/^La coda è vuota/)
        .isVisible(),
    ).toBe(true);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('says what was put into it, and where nothing is on puts that on without a sound', async () => {
    await open('/', 360);
    const title = (await page.locator('.row-title').first().textContent())?.trim() ?? '';
    await addFromRow(0, 'Aggiungi alla coda');
    await eventually(() => page.getByRole('status').filter({ hasText: 'In coda' }).textContent()).toBe(
      `In coda: ${title}`,
    );
    await eventually(() => bar().locator('.bar-title').textContent()).toBe(title);
    expect((await soundOf(page)).paused).toBe(true);
    await addFromRow(1, 'Aggiungi alla coda');
    expect(await bar().locator('.bar-count').textContent()).toBe('1');
  });

  it('goes on to the next by itself when a sound ends', async () => {
    await open('/');
    const next = (await page.locator('.row-title').nth(2).textContent()) ?? '';
    await page.locator('.row-play').first().click();
    await eventually(place).toBeGreaterThan(0.1);
    await addFromRow(2, 'Ascolta dopo questo');
    await page.locator('html > audio').evaluate((audio: HTMLAudioElement) => {
      audio.currentTime = audio.duration - 0.2;
    });
    await eventually(() => bar().locator('.bar-title').textContent()).toBe(next.trim());
    await eventually(async () => (await soundOf(page)).paused).toBe(false);
    expect(await bar().locator('.bar-count').textContent()).toBe('');
  });

  it('takes the rest of a show', async () => {
    await open('/');
    await page.locator('.row-play').first().click();
    await page
      .locator('.row', { hasText: 'Lettere da dentro, seconda parte' })
      .locator('.row-menu > summary')
      .click();
    await page.locator('.menu[open]').getByRole('button', { name: 'Il resto della trasmissione' }).click();
    await eventually(() => bar().locator('.bar-count').textContent()).not.toBe('');
  });
});
