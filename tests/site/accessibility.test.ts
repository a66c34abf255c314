import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteCatalogue } from '../fixtures/site-catalogue.ts';
import { complaintsOf, openBrowser } from './browser.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

/** A machine that has other work may need this long for a page (ms). */
const SLOW = 60_000;

let site: SiteUnderTest;
let browser: Browser;

beforeAll(async () => {
  site = await openSite(siteCatalogue(), 'http://127.0.0.1');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

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
const MAIN = PATHS.slice(0, 3);
const looks = [
  ...MAIN.flatMap((path) => [
    { path, scheme: 'light', width: 1280 } as const,
    { path, scheme: 'dark', width: 360 } as const,
  ]),
  ...PATHS.flatMap((path) => [
    { path, scheme: 'light', width: 360 } as const,
    { path, scheme: 'dark', width: 1280 } as const,
  ]),
];

test.each(looks)(
  '$path has no barrier that axe knows, $scheme at $width px',
  async ({ path, scheme, width }) => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(site.address + path);
    // Evaluated by the driver, to which the page's policy does not apply. It must not wait for audio that nobody plays.
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run({ preload: false })');
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`),
    );
    expect(found).toEqual([]);
    await context.close();
  },
  SLOW,
);

test.each([360, 768, 1280])(
  'nothing is wider than the window, and targets are 44 px, at %d px',
  async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const path of PATHS) {
      await page.goto(site.address + path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
        width,
      );
      const small = await page
        .locator('button:visible, .button:visible, .row-play:visible, .tag:visible')
        .evaluateAll((targets) =>
          targets
            .map((target) => ({ name: target.className, box: target.getBoundingClientRect() }))
            .filter(({ box }) => box.width < 44 || box.height < 44)
            .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
        );
      expect(small, path).toEqual([]);
    }
    await context.close();
  },
  SLOW,
);

test(
  'no page is hindered by its own policy, or complains of anything else',
  async () => {
    const page = await browser.newPage();
    const complaints = complaintsOf(page);
    for (const path of PATHS.filter((each) => !each.endsWith('ritirata'))) {
      await page.goto(site.address + path, { waitUntil: 'networkidle' });
    }
    expect(complaints).toEqual([]);
    await page.close();
  },
  SLOW,
);
