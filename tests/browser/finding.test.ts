import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf, openBrowser } from '../site/browser.ts';
import { openFindingCatalogue } from '../site/finding-catalogue.ts';
import { openSite, type SiteUnderTest } from '../site/site-under-test.ts';

const SLOW = 60_000;
const NEWEST = '/shows/stacca-stacca/2025-01-30-venti-volte-meno';

let browser: Browser;
let site: SiteUnderTest;
let content: Awaited<ReturnType<typeof openFindingCatalogue>>;
let context: BrowserContext;
beforeAll(async () => {
  content = await openFindingCatalogue();
  [browser, site] = await Promise.all([openBrowser(), openSite(content.catalogue)]);
  context = await calmContext(browser);
}, SLOW);
afterAll(async () => {
  await browser.close();
  await site.close();
  await content.close();
});

async function opened(path: string, width = 1280): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 800 });
  await page.goto(site.address + path);
  return page;
}
const addressOf = (page: Page): string => page.url().slice(site.address.length);
const chosen = (page: Page) => page.locator('[role=option][aria-selected=true]');

describe('suggestions as one types', { timeout: SLOW }, () => {
  it.each([
    [360, '#q', '/search'],
    [1280, '#q', '/search'],
    [1280, '.masthead-search input', '/'],
  ])(
    'are walked through with the arrows and followed with Enter, at %d px in %s',
    async (width, field, path) => {
      const page = await opened(path, width);
      const complaints = complaintsOf(page);
      const input = page.locator(field);
      await input.pressSequentially('le');
      const list = page.getByRole('listbox', { name: 'Suggerimenti' });
      await list.waitFor();
      expect(await list.getByRole('option').allInnerTexts()).toEqual([
        expect.stringMatching(/^lettere\s+Parola chiave$/),
        expect.stringMatching(/^Lettere da dentro, seconda parte\s+Puntata$/),
      ]);
      expect(await input.getAttribute('aria-expanded')).toBe('true');
      expect(await page.locator('.suggestions-status').textContent()).toBe('2 suggerimenti');
      expect(await chosen(page).count()).toBe(0);

      await page.keyboard.press('ArrowDown');
      expect(await chosen(page).textContent()).toContain('lettere');
      expect(await input.getAttribute('aria-activedescendant')).toBe(await chosen(page).getAttribute('id'));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await chosen(page).count()).toBe(0);
      await page.keyboard.press('ArrowUp');
      expect(await chosen(page).textContent()).toContain('Lettere da dentro');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/2025-01-28-lettere-da-dentro');
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it('leave Enter alone as long as none is chosen, and the address without empty parts', async () => {
    const page = await opened('/search');
    await page.locator('#q').pressSequentially('lettere');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=lettere');
    expect(await page.locator('.row').count()).toBe(1);
    await page.close();
  });

  it('close with Escape and keep what was typed, and with the field that is left', async () => {
    const page = await opened('/search');
    const input = page.locator('#q');
    const list = page.locator('.search-field .suggestions');
    await input.pressSequentially('gil');
    await list.waitFor();
    await page.keyboard.press('Escape');
    expect(await list.isVisible()).toBe(false);
    expect(await input.inputValue()).toBe('gil');
    expect(await input.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowDown');
    expect(await list.isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await list.isVisible()).toBe(false);
    await page.close();
  });

  it('are followed by a tap', async () => {
    const page = await opened('/search', 360);
    await page.locator('#q').pressSequentially('gil');
    await page.getByRole('option', { name: /Gilberto/ }).click();
    await page.waitForURL('**/people/gilberto');
    await page.close();
  });

  it('fill the field of a tag or a person', async () => {
    const page = await opened('/search?q=porti');
    await page.getByText('Restringi la ricerca').click();
    const input = page.getByLabel('Voce');
    await input.pressSequentially('mar');
    await page.getByRole('option', { name: 'Marta' }).click();
    expect(await input.inputValue()).toBe('Marta');
    await page.getByLabel('Anno').selectOption('2024');
    await page.getByRole('button', { name: 'Applica' }).click();
    await page.waitForURL('**/search?q=porti&year=2024&person=Marta');
    expect(await page.getByRole('link', { name: 'Togli il filtro Voce: Marta' }).isVisible()).toBe(true);
    await page.close();
  });
});

describe('a search', { timeout: SLOW }, () => {
  it.each([360, 1280])('leads from what is said to its moment on the page, at %d px', async (width) => {
    const page = await opened('/search?q=hangzhou', width);
    await page.locator('.row-moment').click();
    await page.waitForURL(`**${NEWEST}?t=44`);
    expect(addressOf(page)).toBe(`${NEWEST}?t=44`);
    await page.close();
  });

  it('works without JavaScript, filters and all', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(`${site.address}/search`);
    await page.getByText('Restringi la ricerca').click();
    await page.getByLabel('Trasmissione').selectOption('arabesque');
    await page.getByLabel('Voce').fill('marta');
    await page.getByRole('button', { name: 'Applica' }).click();
    await page.waitForURL('**/search?**');
    expect(await page.locator('main').getByRole('status').textContent()).toMatch(/^45 puntate/);
    await page.getByRole('link', { name: 'Togli il filtro Trasmissione: Arabesque' }).click();
    expect(await page.getByRole('link', { name: /Togli il filtro/ }).count()).toBe(1);
    await plain.close();
  });
});

it('has no barrier on any page on which something is looked for, lists open, and none is too wide', {
  timeout: SLOW,
}, async () => {
  const page = await opened('/search');
  const found: string[] = [];
  await page.locator('#q').pressSequentially('le');
  await page.locator('.search-field .suggestions').waitFor();
  await page.keyboard.press('ArrowDown');
  found.push(...(await barriersOn(page, [360])));
  for (const path of [
    '/search?q=hangzhou&year=2025',
    '/search?q=porti&tag=lettere',
    '/people',
    '/people/gilberto',
  ]) {
    await page.goto(site.address + path);
    found.push(...(await barriersOn(page, [360, 1280])));
  }
  expect(found).toEqual([]);
  await page.close();
});
