import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loudnessOfFile } from '../fixtures/loudness.ts';
import { eventually, keepStation } from '../fixtures/running-station.ts';
import { SHOW, STATION } from '../fixtures/station-folder.ts';
import { toneWav } from '../fixtures/tone.ts';
import { complaintsOf, openBrowser } from '../site/browser.ts';

/** What a word processor puts on the clipboard. */
const PASTED = `<html><body><!--StartFragment-->
<h2>Le macchine e chi le guarda</h2>
<p class="MsoNormal" style="margin:0">Un testo <b>scritto</b> altrove, con un <a href="https://example.org/fonte">collegamento</a>.</p>
<ul><li>primo punto</li><li>secondo punto</li></ul>
<!--EndFragment--></body></html>`;

describe('a new volunteer', () => {
  let station: Awaited<ReturnType<typeof keepStation>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [station, browser] = await Promise.all([
      keepStation({ 'station.md': STATION, 'stacca-stacca/show.md': SHOW }),
      openBrowser(),
    ]);
    page = await browser.newPage({ locale: 'it-IT', viewport: { width: 1280, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await station?.close();
  });

  it('makes the first account by the one-time address and publishes a segment with its article', async () => {
    const complaints = complaintsOf(page);
    const welcome = await eventually(
      async () => /http\S+welcome\S+/.exec(station.said())?.[0],
      (address) => address !== undefined,
    );
    await page.goto(welcome ?? '');
    await page.getByLabel('Nome').fill('Marta');
    await page.getByLabel('E-mail').fill('marta@radio.example');
    await page.getByLabel('Password', { exact: true }).fill('una frase che mi ricordo bene');
    await page.locator('main button.primary').click();
    await page.waitForURL(/\/studio$/);

    await page.getByRole('link', { name: 'Nuovo', exact: true }).click();
    await page.getByText('scegli i file').waitFor();
    const sound = toneWav({ seconds: 6, frequency: 330, level: 0.05, channels: 2 });
    await page
      .locator('[data-drop] [data-choose]')
      .first()
      .setInputFiles({ name: 'intervista_gilberto.wav', mimeType: 'audio/wav', buffer: sound });
    await page.getByLabel('Titolo', { exact: true }).fill('Chi guarda le macchine');
    await page.getByLabel('Trasmissione').selectOption({ label: 'Stacca Stacca' });

    const editor = page.getByRole('textbox', { name: 'Testo' });
    await editor.click();
    await editor.evaluate((element, html) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', html);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, PASTED);
    await expect.poll(() => editor.textContent()).toContain('secondo punto');

    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const seek = page.locator('[data-listen-seek]');
    await seek.waitFor();
    await seek.evaluate((element) => {
      if (!(element instanceof HTMLInputElement)) throw new Error('no slider');
      element.value = '4';
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await expect.poll(() => page.locator('[data-tool=stamp]').textContent()).toContain('0:04');
    await editor.focus();
    await page.keyboard.press('Control+j');
    await page.keyboard.type(' Qui lo dice.');
    await page.getByText('Salvato da solo').waitFor();

    await page.locator('[data-main]').click();
    await page.getByRole('link', { name: 'Apri la pagina' }).waitFor({ timeout: 45_000 });
    const address = await page.getByRole('link', { name: 'Apri la pagina' }).getAttribute('href');
    expect(complaints).toEqual([]);

    const feed = await eventually(
      () => station.text('/shows/stacca-stacca/feed.xml'),
      (text) => text.includes('Chi guarda le macchine'),
    );
    const [, url = '', bytes = ''] = /<enclosure url="([^"]+)" length="(\d+)"/.exec(feed) ?? [];
    const audio = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(audio.length).toBe(Number(bytes));
    expect(feed).toMatch(/<itunes:duration>(?:00:00:0|0:0|)6<\/itunes:duration>/);
    const { integrated, truePeak } = await loudnessOfFile(audio);
    expect(integrated).toBeGreaterThan(-16.5);
    expect(integrated).toBeLessThan(-15.5);
    expect(truePeak).toBeLessThanOrEqual(-1);

    await page.goto(new URL(address ?? '', station.address).href);
    await expect.poll(() => page.locator('article').textContent()).toContain('Le macchine e chi le guarda');
    await page.getByRole('link', { name: '0:04', exact: true }).click();
    await expect
      .poll(() =>
        page
          .locator('audio')
          .first()
          .evaluate((audio) => (audio instanceof HTMLAudioElement ? audio.currentTime : 0)),
      )
      .toBeGreaterThan(4);
  });
});
