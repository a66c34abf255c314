import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { RunningStation } from '../fixtures/running-station.ts';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf } from '../site/browser.ts';
import { withSampleInBrowser } from './sample-in-browser.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
const SENTENCE = 'avverte che ricerche precedenti';
const QUOTED = 'stessa-pagina-avverte-ricerche';

let browser: Browser;
let running: RunningStation & { close(): Promise<void> };
withSampleInBrowser((opened) => {
  ({ browser, running } = opened);
});

const openPage = async (address: string, width: number, context?: BrowserContext): Promise<Page> => {
  const opened = context ?? (await browser.newContext({ viewport: { width, height: 800 } }));
  const page = await opened.newPage();
  await page.goto(running.address + address);
  return page;
};

const marked = (page: Page): Promise<string | null> =>
  page.locator('.passage[aria-current]').getAttribute('id');

/** Whether an element's beginning is in view, below all that sticks to the window's upper edge. */
const isInView = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      const found = document.elementFromPoint(left + 4, top + 4);
      return found !== null && (element.contains(found) || found.contains(element)) && top >= 0;
    });

const select = (page: Page, words: string, within: string): Promise<void> =>
  page
    .locator(within)
    .first()
    .evaluate((element, wanted) => {
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = (node.textContent ?? '').replace(/\s/g, ' ').indexOf(wanted);
        if (at >= 0) return getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      }
      throw new Error(`there is no “${wanted}”`);
    }, words);

describe.each([360, 1280])('at %i px', (width) => {
  it('opens ready at the moment of the address, with its passage in view and marked', async () => {
    const page = await openPage(`${EPISODE}?t=27`, width);
    const complaints = complaintsOf(page);
    await page.getByRole('button', { name: 'Ascolta da qui' }).waitFor();
    expect(await marked(page)).toBe('pietra-dello-scandalo-tabella');
    expect(await isInView(page, '.passage[aria-current]')).toBe(true);
    expect(await page.locator('.chapters [aria-current]').textContent()).toContain('Una riga di conto');
    await page.getByText('Pronto da 00:27').waitFor();
    expect(
      await page.evaluate(() => [...document.querySelectorAll('audio')].every(({ paused }) => paused)),
    ).toBe(true);

    await page.evaluate(() => (location.hash = 't=0:51'));
    await page.getByText('Pronto da 00:51').waitFor();
    expect(await marked(page)).toBe('r1-uscito-20-gennaio');
    expect(await isInView(page, '.passage[aria-current]')).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('keeps what is read in view while it plays, until the reader scrolls, and takes it up again', async () => {
    const page = await openPage(EPISODE, width);
    await page.locator('#lunedi-27-gennaio-deepseek a.moment').first().click();
    await page.locator('#lunedi-27-gennaio-deepseek[aria-current]').waitFor();
    const follow = page.locator('.player [data-act="follow"]').first();
    await follow.dispatchEvent('click');
    await page.waitForFunction(() => document.querySelector('[data-act="follow"]')?.ariaPressed === 'true');

    await page.locator('.chapters a', { hasText: 'Che cosa ce ne facciamo' }).dispatchEvent('click');
    await page.locator('#versioni-piccole-girano-casa[aria-current]').waitFor({ timeout: 9000 });
    await expect.poll(() => isInView(page, '.passage[aria-current]')).toBe(true);

    await page.mouse.move(width / 2, 400);
    await page.mouse.wheel(0, -600);
    const back = page.getByRole('button', { name: 'Torna al punto' });
    await back.waitFor();
    expect(await follow.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => isInView(page, '.passage[aria-current]')).toBe(false);
    await back.click();
    await expect.poll(() => isInView(page, '.passage[aria-current]')).toBe(true);
    expect(await follow.getAttribute('aria-pressed')).toBe('true');
    await page.context().close();
  });

  it('copies a selected sentence with the link to its moment, without covering it', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ viewport: { width, height: 800 }, permissions });
    const page = await openPage(EPISODE, width, context);
    await select(page, SENTENCE, `#${QUOTED}`);
    const copy = page.getByRole('button', { name: 'Copia con il link a questo momento, 00:34' });
    await copy.waitFor();
    const covers = await page.evaluate(() => {
      const bar = document.querySelector('main > .quoting')?.getBoundingClientRect();
      const text = getSelection()?.getRangeAt(0).getBoundingClientRect();
      return bar && text && bar.top < text.bottom && bar.bottom > text.top;
    });
    expect(covers).toBe(false);
    await page.getByRole('status').filter({ hasText: 'Tab' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copiato, con il link' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `«${SENTENCE}»\nUno Sputnik da pochi soldi, Stacca Stacca\n${new URL(EPISODE, running.address)}?t=34.2#${QUOTED}`,
    );
    await context.close();
  });

  it('searches the transcript, plays from what is tapped and copies a turn', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ viewport: { width, height: 800 }, permissions });
    const page = await openPage(EPISODE, width, context);
    const transcript = page.locator('details.transcript');
    if ((await transcript.getAttribute('open')) === null) await transcript.locator('summary').click();
    const field = page.getByRole('searchbox', { name: 'Cerca nella trascrizione' });
    await field.fill('MILIARDI');
    const counted = page.locator('.transcript-found');
    await expect.poll(() => counted.textContent()).toMatch(/^1 di [2-9]$/);
    const [, many = ''] = ((await counted.textContent()) ?? '').split(' di ');
    await field.press('Enter');
    expect(await counted.textContent()).toBe(`2 di ${many}`);
    await field.press('Shift+Enter');
    await field.press('Shift+Enter');
    expect(await counted.textContent()).toBe(`${many} di ${many}`);
    await field.fill('non c’è da nessuna parte');
    await expect.poll(() => counted.textContent()).toBe('Niente');

    await page.getByRole('button', { name: 'Copia questo intervento con il link' }).nth(1).click();
    await page.getByText('Copiato, con il link').first().waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^«È successo che[^\n]*»\n[^\n]*\n\S+\?t=5\.474#t1-5$/,
    );

    const cue = page.locator('.cue', { hasText: 'Tutto per colpa' });
    await cue.click();
    await page.locator('.cue.is-sounding', { hasText: 'Tutto per colpa' }).waitFor();
    expect(await page.locator('.turn-head a[aria-current]').count()).toBe(1);
    await context.close();
  });
});

describe('an old address', () => {
  it('still finds its passage', async () => {
    const page = await openPage(EPISODE, 1280);
    const addresses = {
      // The passage begins otherwise now.
      '?t=34.2#stessa-pagina-avvisa-ricerche': QUOTED,
      // It is gone.
      '?t=50.3#tutto-altro-era-scritto': 'r1-uscito-20-gennaio',
      // A sentence within it.
      '?t=29#pietra-dello-scandalo-tabella': 'pietra-dello-scandalo-tabella',
      // It has another moment now.
      '?t=7#r1-uscito-20-gennaio': 'r1-uscito-20-gennaio',
      // Beyond the end.
      '?t=9:59:59': 'nessuna-tabella-cinese-americana',
      '#segment=1&t=0:51': 'r1-uscito-20-gennaio',
    };
    for (const [address, id] of Object.entries(addresses)) {
      await page.goto('about:blank');
      await page.goto(running.address + EPISODE + address);
      await page.getByRole('button', { name: 'Ascolta da qui' }).waitFor();
      expect(await marked(page)).toBe(id);
    }
    await page.context().close();
  });

  it('that makes no sense is passed over', async () => {
    const page = await openPage(EPISODE, 1280);
    const complaints = complaintsOf(page);
    for (const address of ['?t=abc', '?t=-5', '?segment=9&t=5', '?segment=x&t=5', '?t=1e3', '#t=', '#%']) {
      await page.goto(running.address + EPISODE + address);
      await page.locator('riascolta-player.is-drawn').first().waitFor();
      expect(await page.locator('main [aria-current]').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Ascolta da qui' }).count()).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('of a turn opens the transcript there', async () => {
    const page = await openPage(`${EPISODE}#t1-24`, 1280);
    await page.getByText('Pronto da 00:24').waitFor();
    expect(await page.locator('#t1-24 .cue.is-sounding').isVisible()).toBe(true);
    await page.context().close();
  });
});

it('shows the text to copy by hand where copying is refused, and Escape puts it away', async () => {
  const page = await openPage(EPISODE, 1280);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await select(page, SENTENCE, `#${QUOTED}`);
  await page.getByRole('button', { name: /Copia con il link/ }).click();
  const field = page.getByRole('textbox', { name: /copialo tu/ });
  await field.waitFor();
  expect(await field.inputValue()).toContain(`«${SENTENCE}»`);
  await page.keyboard.press('Escape');
  expect(await field.isVisible()).toBe(false);
  await page.context().close();
});

it('offers the plain link of the page where no moment comes before', async () => {
  const page = await openPage(EPISODE, 1280);
  await select(page, 'bastò una palla', '.article > p');
  await page.getByRole('button', { name: 'Copia con il link alla pagina' }).waitFor();
  await page.context().close();
});

it('has no barrier with its moment marked, the transcript open and the toolbar beside a selection', async () => {
  const page = await openPage(`${EPISODE}?t=27`, 1280, await calmContext(browser));
  await page.getByRole('button', { name: 'Ascolta da qui' }).waitFor();
  await page.locator('details.transcript').evaluate((details) => details.setAttribute('open', ''));
  await select(page, SENTENCE, `#${QUOTED}`);
  await page.getByRole('button', { name: /Copia con il link/ }).waitFor();
  expect(await barriersOn(page, [360, 1280])).toEqual([]);
  await page.context().close();
});

describe('without JavaScript', () => {
  it('has an address for each passage and a link that plays from there', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 800 },
    });
    const page = await openPage(EPISODE, 360, context);
    const passage = page.locator(`#${QUOTED}`);
    expect(await passage.getByRole('link', { name: '0:34', exact: true }).getAttribute('href')).toMatch(
      /\/gilberto-[0-9a-f]{10}\.mp3#t=34\.2$/,
    );
    await passage.getByRole('link', { name: 'Link a questo punto, 00:34' }).click();
    await page.waitForURL(`**${EPISODE}?t=34.2#${QUOTED}`);
    const { top } = await passage.evaluate((element) => element.getBoundingClientRect().toJSON());
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(800);
    await context.close();
  });

  it('is printed whole: moments as times, the transcript open, the address at the end, no controls', async () => {
    const page = await openPage(EPISODE, 1280);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator(`#${QUOTED}`).getByText('0:34').isVisible()).toBe(true);
    expect(await page.locator('.printed').textContent()).toContain(EPISODE);
    expect(await page.locator('.chapters').textContent()).toContain('Una riga di conto');
    for (const unprinted of [
      'riascolta-player',
      '.passage-address',
      '.footer',
      '.navigation',
      'button',
      'form',
    ])
      expect(await page.locator(unprinted).filter({ visible: true }).count(), unprinted).toBe(0);
    const text = await page
      .locator('.turn-text')
      .last()
      .evaluate((turn) => turn.getBoundingClientRect().height);
    expect(text).toBeGreaterThan(0);
    await page.context().close();
  });
});
