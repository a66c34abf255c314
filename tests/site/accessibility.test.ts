import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteCatalogue } from '../fixtures/site-catalogue.ts';
import { barriersOn, calmContext } from './barriers.ts';
import { complaintsOf, openBrowser } from './browser.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

/** A machine that has other work may need this long for a page (ms). */
const SLOW = 60_000;

let site: SiteUnderTest;
let browser: Browser;
/** One for all: opening a page takes longer than looking at it. */
let page: Page;
let complaints: string[];

beforeAll(async () => {
  site = await openSite(siteCatalogue(), 'http://127.0.0.1');
  browser = await openBrowser();
  page = await (await calmContext(browser)).newPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const WIDTHS = [1280, 768, 360];
const PATHS = [
  '/',
  '/shows/stacca-stacca',
  '/shows/stacca-stacca/2025-01-30-venti-volte-meno',
  '/shows/bello-come-una-prigione/2025-01-28-lettere-da-dentro',
  '/archive',
  '/search?q=porti',
  '/subscribe',
  '/shows/arabesque/ritirata',
];

/** The targets that are smaller than 44 px on the page that is open. */
const smallOn = (page: Page): Promise<string[]> =>
  page.locator('button:visible, .button:visible, .row-play:visible, .tag:visible').evaluateAll((targets) =>
    targets
      .map((target) => ({ name: target.className, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 44 || box.height < 44)
      .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
  );

test.each(PATHS)(
  '%s has no barrier that axe knows, light or dark, fits its window, has targets of 44 px, and complains of nothing',
  async (path) => {
    complaints.length = 0;
    await page.goto(site.address + path);
    const small: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      small.push(...(await smallOn(page)));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(small).toEqual([]);
    expect(await barriersOn(page, [1280, 360])).toEqual([]);
    // A browser complains of the status that a withdrawn episode answers with.
    expect(complaints.filter((one) => !one.includes('status of 410'))).toEqual([]);
  },
  SLOW,
);
