import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { RunningStation } from '../fixtures/running-station.ts';
import { withSampleInBrowser } from './sample-in-browser.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
/** One of each kind of page. */
const PATHS = [
  '/',
  '/shows',
  '/shows/stacca-stacca',
  EPISODE,
  `${EPISODE}?t=50&lang=en`,
  '/search',
  '/search?q=deepseek',
  '/archive',
  '/archive/2025',
  '/tags',
  '/tags/cina',
  '/categories/saperi',
  '/people',
  '/subscribe',
  '/saved',
  '/offline',
  '/embed/stacca-stacca/2025-01-30-sputnik-moment',
  '/nessuna-pagina',
];
const SLOW = { timeout: 120_000 };
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let running: RunningStation & { close(): Promise<void> };
withSampleInBrowser((opened) => {
  ({ browser, running } = opened);
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

/** Presses whatever opens something on the page, and plays. */
async function tryEverything(page: Page): Promise<void> {
  const play = page.locator('[data-act="play"]:visible, .row-play:visible').first();
  if ((await play.count()) > 0) await play.click(PATIENT);
  const openers = 'summary:visible, button[aria-haspopup]:visible, button[aria-expanded]:visible';
  for (const opener of await page.locator(openers).all()) {
    // What another has closed or covered meanwhile is passed over.
    await opener.click({ timeout: 1000 }).catch(() => {});
    await page.keyboard.press('Escape');
  }
  const search = page.locator('main input[type="search"]:visible').first();
  if ((await search.count()) > 0) await search.pressSequentially('cina');
}

/** Everything that was asked of anybody else, in the pages of a context and in its service workers. */
function askedElsewhere(context: BrowserContext): string[] {
  const elsewhere: string[] = [];
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== running.address) elsewhere.push(request.url());
  });
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      elsewhere.push(socket.url());
    }),
  );
  return elsewhere;
}

test.each(['block', 'allow'] as const)(
  'no page asks anybody else for anything, or leaves a trace: service workers %sed',
  SLOW,
  async (serviceWorkers) => {
    const context = await browser.newContext({ serviceWorkers, reducedMotion: 'reduce' });
    const elsewhere = askedElsewhere(context);
    const page = await context.newPage();
    for (const path of PATHS) {
      await page.goto(running.address + path);
      await tryEverything(page);
      if (path === '/' && serviceWorkers === 'allow')
        await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, PATIENT);
    }
    if (serviceWorkers === 'allow') {
      await page.goto(running.address + EPISODE);
      await page.locator('.save-start').click();
      await page.locator('riascolta-save').getByRole('link', { name: 'Salvato' }).waitFor(PATIENT);
    }
    expect(elsewhere).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    // What is remembered on the device begins with our name, and nobody is sent it.
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    expect(kept.local.filter((key) => !/^riascolta[:.-]/.test(key))).toEqual([]);
    expect(kept.session.filter((key) => !/^riascolta[:.-]/.test(key))).toEqual([]);
    expect(kept.databases).toEqual([]);
    await context.close();
  },
);
