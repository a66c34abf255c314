import type { Browser, BrowserContext, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunningStation } from '../fixtures/running-station.ts';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf } from '../site/browser.ts';
import { withSampleInBrowser } from './sample-in-browser.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
const TWO = '/shows/frittura-mista/2025-01-29-cancello-due';
const SLOW = 60_000;
const WIDTHS = [360, 1280];

let browser: Browser;
let running: RunningStation & { close(): Promise<void> };
let context: BrowserContext;
let page: Page;

withSampleInBrowser(async (opened) => {
  ({ browser, running } = opened);
  context = await calmContext(browser);
  page = await context.newPage();
});

const dialog = () => page.getByRole('dialog');
const address = (): Promise<string> => dialog().getByRole('textbox', { name: 'Indirizzo' }).inputValue();
const code = (): Promise<string> => dialog().getByRole('textbox', { name: 'Nel tuo sito' }).inputValue();

/** Says what a player's or the bar's own button says. */
const shareFrom = (detail: { segment: number; place: number; track?: { page: string; segment: number } }) =>
  page.evaluate((about) => {
    document.dispatchEvent(new CustomEvent('riascolta:act', { detail: { act: 'share', ...about } }));
  }, detail);

describe.each(WIDTHS)('at %d px', { timeout: SLOW }, (width) => {
  beforeEach(async () => {
    await page.setViewportSize({ width, height: 800 });
  });

  it('opens by keyboard, copies by keyboard, and goes back to where it was opened', async () => {
    const complaints = complaintsOf(page);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(running.address + EPISODE);
    const opener = page.locator('.share > summary');
    await opener.focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    expect(await dialog().getAttribute('aria-label')).toBe('Condividi «Uno Sputnik da pochi soldi»');
    expect(await address()).toBe(running.address + EPISODE);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('share-address');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog().getByRole('status').textContent()).toBe('Copiato');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(running.address + EPISODE);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await opener.evaluate((summary) => summary === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('opens at the moment that sounds, and says it in address, code and links', async () => {
    await page.goto(running.address + TWO);
    await shareFrom({ segment: 1, place: 12.7 });
    await dialog().waitFor();
    const box = dialog().getByRole('checkbox', { name: 'da 00:12' });
    expect(await box.isChecked()).toBe(true);
    expect(await address()).toBe(`${running.address}${TWO}?segment=2&t=12`);
    expect(await code()).toContain(
      `src="${running.address}${TWO.replace('shows', 'embed')}?segment=2&amp;t=12"`,
    );
    const links = await dialog()
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toHaveLength(3);
    for (const link of links) expect(link).toContain(encodeURIComponent(`${TWO}?segment=2&t=12`));
    await box.focus();
    await page.keyboard.press('Space');
    expect(await address()).toBe(`${running.address}${TWO}?segment=2`);
    await dialog().getByRole('combobox', { name: 'Quale audio' }).selectOption({ index: 0 });
    expect(await address()).toBe(running.address + TWO);
    expect(await box.isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'Chiudi' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.locator('.share > summary').click();
    await dialog().waitFor();
    expect(await address()).toBe(running.address + TWO);
    expect(await dialog().getByRole('checkbox').isVisible()).toBe(false);
  });

  it('has no barrier that axe knows while it is open, and no small target', async () => {
    await page.goto(running.address + TWO);
    await shareFrom({ segment: 0, place: 65 });
    await dialog().waitFor();
    expect(await barriersOn(page, [width])).toEqual([]);
    const small = await dialog()
      .locator('button:visible, a:visible, select:visible, .share-check:visible')
      .evaluateAll(
        (targets) => targets.filter((target) => target.getBoundingClientRect().height < 44).length,
      );
    expect(small).toBe(0);
  });
});

it('shares what sounds in the bar from any other page', { timeout: SLOW }, async () => {
  await page.goto(`${running.address}/archive`);
  await shareFrom({ segment: 0, place: 33, track: { page: EPISODE, segment: 0 } });
  await dialog().waitFor();
  expect(await address()).toBe(`${running.address}${EPISODE}?t=33`);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

it('has address, code and links without JavaScript, and no button that does nothing', {
  timeout: SLOW,
}, async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(running.address + EPISODE);
  await still.locator('.share > summary').click();
  expect(await still.getByRole('textbox', { name: 'Indirizzo' }).inputValue()).toBe(
    running.address + EPISODE,
  );
  const frame = await still.getByRole('textbox', { name: 'Nel tuo sito' }).inputValue();
  expect(frame).toMatch(
    /^<iframe src="http[^"]+\/embed\/stacca-stacca\/2025-01-30-sputnik-moment" [^>]+><\/iframe>$/,
  );
  expect(await still.locator('.share-links a:visible').count()).toBe(3);
  expect(await still.locator('.share-body button:visible, .share-body select:visible').count()).toBe(0);
  await plain.close();
});
