import { HtmlValidate } from 'html-validate';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { keepStation } from '../fixtures/running-station.ts';
import { SHOW, STATION } from '../fixtures/station-folder.ts';
import { makeStaff } from '../fixtures/studio-station.ts';
import { toneWav } from '../fixtures/tone.ts';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf, openBrowser } from '../site/browser.ts';
import { MARKUP_RULES } from '../site/markup-rules.ts';

/** A machine that has other work may need this long (ms). */
const SLOW = 60_000;
const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: SLOW / 3 });
const SOUND = { name: 'intervista.wav', mimeType: 'audio/wav', buffer: toneWav({ seconds: 12 }) };

let station: Awaited<ReturnType<typeof keepStation>>;
let browser: Browser;
let cookie: string;

beforeAll(async () => {
  [station, browser] = await Promise.all([
    keepStation({ 'station.md': STATION, 'stacca-stacca/show.md': SHOW }),
    openBrowser(),
  ]);
  cookie = (await makeStaff(station.dataDir, {})).admin.cookie;
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

async function contextOf(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.addCookies(cookies());
  return context;
}

function cookies(): { name: string; value: string; url: string }[] {
  const [name = '', value = ''] = cookie.split('=');
  return [{ name, value, url: station.address }];
}

async function openPage(path = '/studio/new', context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await contextOf())).newPage();
  await page.goto(station.address + path);
  return page;
}

const savedDraft = z.object({ id: z.string(), revision: z.number() });

/** Asks as the page's script does. */
async function ask(method: string, path: string, value: object) {
  const answer = await station.get(path, {
    method,
    headers: { Cookie: cookie, 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    body: JSON.stringify(value),
  });
  return savedDraft.parse(await answer.json());
}

const textOf = (page: Page): Promise<string> => page.locator('textarea[name=body]').inputValue();
const paste = (page: Page, html: string): Promise<void> =>
  page.locator('.prose').evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, html);

describe('the article', { timeout: SLOW }, () => {
  let writing: Page;
  let complaints: string[];
  beforeAll(async () => {
    writing = await openPage();
    complaints = complaintsOf(writing);
  });
  afterAll(() => writing?.context().close());

  test.each([
    [
      'Word',
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<!--StartFragment--><h1 style='mso-x:y'><b><span lang=IT>Il titolo</span></b><o:p></o:p></h1>
<p class=MsoNormal>Un testo <b>grasso</b>, <i>corsivo</i> e un <a href="https://example.org/a">link</a>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>uno<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>dentro</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>due</p><!--EndFragment--></body></html>`,
      '## Il titolo\n\nUn testo **grasso**, *corsivo* e un [link](https://example.org/a).\n\n- uno\n  - dentro\n- due',
    ],
    [
      'Google Docs',
      `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:400">Titolo</span></h2><p dir="ltr"><span style="font-weight:400">Normale, </span><span style="font-weight:700">grasso</span><span style="font-style:italic"> e corsivo</span>, <a href="https://www.google.com/url?q=https://example.org/b&amp;sa=D"><span>link</span></a></p><ol><li dir="ltr"><p dir="ltr"><span>uno</span></p></li><li><p>due</p></li></ol></b>`,
      '## Titolo\n\nNormale, **grasso** *e corsivo*, [link](https://example.org/b)\n\n1. uno\n2. due',
    ],
    [
      'LibreOffice',
      `<html><body lang="it-IT"><p class="western" style="margin-bottom: 0cm"><font face="Arial">Prima <em>riga</em></font></p><p><br></p><blockquote><p class="western">Detto da altri</p></blockquote><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>`,
      'Prima *riga*\n\n> Detto da altri\n\n| a | b |\n| --- | --- |\n| 1 | 2 |',
    ],
    [
      'WordPress',
      `<!-- wp:heading --><h3 class="wp-block-heading"><strong>Sotto</strong>titolo</h3><!-- /wp:heading --><div>Una riga<br><br>Un’altra<br>ancora</div><figure class="wp-block-image"><img src="https://example.org/x.jpg" onerror="alert(1)"></figure><script>alert(1)</script><p>Fine<sup><a href="#nota">1</a></sup></p>`,
      '### Sottotitolo\n\nUna riga\n\nUn’altra\\\nancora\n\nFine1',
    ],
  ])('pasted from %s is clean Markdown', async (_from, html, markdown) => {
    await writing.locator('.prose').click();
    await writing.keyboard.press('Control+a');
    await writing.keyboard.press('Delete');
    await paste(writing, html);
    expect(await textOf(writing)).toBe(markdown);
    expect(complaints).toEqual([]);
  });

  test('is written by keys alone: headings, moments, a player', async () => {
    const page = await openPage();
    await page.locator('[data-drop] [data-choose]').first().setInputFiles(SOUND);
    await page.getByLabel('Title', { exact: true }).fill('Prova');
    const stamp = page.getByRole('button', { name: /^Stamp/ });
    await eventually(() => stamp.isEnabled()).toBe(true);
    await page.locator('.prose').click();
    await page.keyboard.press('Control+Period');
    await eventually(() => stamp.textContent()).toBe('Stamp 00:05');
    await page.keyboard.press('Control+Alt+1');
    await page.keyboard.type('Capitolo');
    await page.keyboard.press('Control+j');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Testo ');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('grasso');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Insert player' }).click();
    await page.keyboard.type('Fine.');
    expect(await textOf(page)).toBe(
      '## Capitolo [0:05](intervista.mp3#t=0:05)\n\nTesto **grasso**\n\n[Prova](intervista.mp3)\n\nFine.',
    );
    // What is heard is the file as it was chosen, whether or not it has arrived.
    await page.keyboard.press('Control+Space');
    await eventually(() => page.getByRole('button', { name: 'Pause' }).first().isVisible()).toBe(true);
    await page.close();
  });

  test('stands as Markdown where somebody likes that better, and comes back the same', async () => {
    const { id } = await ask('POST', '/studio/drafts', {
      content: { body: '* uno\n* due\n\n<u>a mano</u>\n' },
    });
    const page = await openPage(`/studio/drafts/${id}`);
    await page.getByRole('button', { name: 'Markdown' }).click();
    const area = page.locator('textarea[name=body]');
    expect(await area.isVisible()).toBe(true);
    await area.press('Control+End');
    await area.pressSequentially('\n**tre**');
    await page.getByRole('button', { name: 'Markdown' }).click();
    await eventually(() => page.locator('.prose strong').textContent()).toBe('tre');
    expect(await textOf(page)).toBe('* uno\n* due\n\n<u>a mano</u>\n\n**tre**');
    await page.close();
  });
});

describe('nothing that was written is lost', { timeout: SLOW }, () => {
  test('without the network it stays on the computer, also when the tab is closed, and arrives afterwards', async () => {
    const { id } = await ask('POST', '/studio/drafts', { content: { title: 'Prima' } });
    const context = await contextOf();
    const page = await openPage(`/studio/drafts/${id}`, context);
    await context.setOffline(true);
    await page.getByLabel('Title', { exact: true }).fill('Scritto senza rete');
    await page.keyboard.press('Control+s');
    await eventually(() => page.locator('[data-saving]').textContent()).toContain('Offline');
    await page.close();
    await context.setOffline(false);
    const again = await openPage(`/studio/drafts/${id}`, context);
    expect(await again.getByLabel('Title', { exact: true }).inputValue()).toBe('Scritto senza rete');
    await again.keyboard.press('Control+s');
    await eventually(() => again.locator('[data-saving]').textContent()).toContain('Saved by itself');
    const third = await openPage(`/studio/drafts/${id}`);
    expect(await third.getByLabel('Title', { exact: true }).inputValue()).toBe('Scritto senza rete');
    await context.close();
  });

  test('the second to save sees both texts, and chooses', async () => {
    const { id, revision } = await ask('POST', '/studio/drafts', {
      content: { title: 'Prima', body: 'Uno.' },
    });
    const page = await openPage(`/studio/drafts/${id}`);
    await ask('PUT', `/studio/drafts/${id}`, { revision, content: { title: 'Di Marta', body: 'Uno. Due.' } });
    await page.locator('.prose').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Tre.');
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: 'See both texts' }).click();
    await page.waitForURL('**/conflict');
    expect(await page.locator('.side-text del').allTextContents()).toContain('Di Marta');
    expect(await page.locator('.side-text ins').allTextContents()).toContain('Tre');
    await page.locator('[name="pick-title"][value=theirs]').check();
    await page.locator('[name="pick-body"][value=merged]').check();
    await page.locator('[name="merged-body"]').fill('Uno. Due. Tre.');
    await page.getByRole('button', { name: 'Save this choice' }).click();
    await page.waitForURL(`**/drafts/${id}`);
    expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('Di Marta');
    expect(await textOf(page)).toBe('Uno. Due. Tre.');
    expect(await page.locator('[data-note]').count()).toBe(0);
    await page.close();
  });

  test('an answer that was lost on its way is no conflict', async () => {
    const { id } = await ask('POST', '/studio/drafts', { content: { title: 'Prima' } });
    const page = await openPage(`/studio/drafts/${id}`);
    let lost = 0;
    await page.route(`**/studio/drafts/${id}`, async (route) => {
      if (route.request().method() !== 'PUT' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await page.getByLabel('Title', { exact: true }).fill('Terza');
      await route.abort();
    });
    await page.getByLabel('Title', { exact: true }).fill('Seconda');
    await page.keyboard.press('Control+s');
    await eventually(async () => `${lost} ${await page.locator('[data-saving]').textContent()}`).toMatch(
      /^1 Saved by itself/,
    );
    expect(await page.locator('[data-note]').count()).toBe(0);
    await page.close();
  });

  test('an upload goes on by itself after the page was loaded again', async () => {
    const context = await contextOf();
    const page = await openPage('/studio/new', context);
    const network = await context.newCDPSession(page);
    await network.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 300_000 },
    });
    await page.locator('[data-drop] [data-choose]').first().setInputFiles(SOUND);
    await page.waitForURL('**/studio/drafts/*');
    const state = () => page.locator('[data-upload-state]').first().textContent();
    await eventually(state).toMatch(/^[1-9]\d?%$/);
    await page.reload();
    await eventually(state).toMatch(/^[1-9]\d?%$/);
    await network.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
    });
    await eventually(state).toBe('Ready');
    expect(await page.locator('[data-upload-facts]').first().textContent()).toMatch(/^00'12" · −16\.0 LUFS/);
    await context.close();
  });
});

test('the whole page works without scripts', { timeout: SLOW }, async () => {
  const page = await openPage('/studio/new', await contextOf({ javaScriptEnabled: false }));
  await page.getByLabel('Title', { exact: true }).fill('Senza script');
  await page.locator('textarea[name=body]').fill('Un *testo*.');
  await page.getByLabel('Tags').fill('uno, due');
  await page.getByLabel('Add files').setInputFiles([SOUND, { ...SOUND, name: 'coda.wav' }]);
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.waitForURL('**/studio/drafts/*');
  expect(await page.locator('.upload-name').allTextContents()).toEqual(['intervista.wav', 'coda.wav']);
  await page.locator('.upload-more > summary').first().click();
  await page.getByRole('button', { name: 'Move intervista.wav down' }).click();
  expect(await page.locator('.upload-name').allTextContents()).toEqual(['coda.wav', 'intervista.wav']);
  await page.getByRole('button', { name: 'Remove coda.wav' }).click();
  expect(await page.locator('.upload-name').allTextContents()).toEqual(['intervista.wav']);
  await page.locator('.more > summary').click();
  await page.getByLabel('Season').fill('due');
  await page.getByLabel('Title', { exact: true }).fill('Altro titolo');
  await page.locator('[data-menu] > summary').click();
  await page.getByRole('button', { name: 'Save the draft', exact: true }).last().click();
  expect(await page.getByRole('alert').textContent()).toBe('The season is a whole number.');
  expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('Altro titolo');
  expect(await page.getByLabel('Tags').inputValue()).toBe('uno, due');
  await page.context().close();
});

describe('as a page', { timeout: SLOW }, () => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: MARKUP_RULES });

  async function fullDraft(): Promise<string> {
    const content = {
      title: 'Prova',
      body: '## Titolo\n\nTesto.',
      segments: [
        { file: 'uno.mp3', title: 'Uno' },
        { file: 'due.mp3', title: 'Due' },
      ],
      files: [{ file: 'uno.vtt' }],
      cover: { file: 'cover.jpg', alt: 'Un cavo', crop: { x: 0, y: 0, size: 0.5 } },
    };
    return (await ask('POST', '/studio/drafts', { content })).id;
  }

  test('it is valid HTML', async () => {
    for (const path of ['/studio/new', `/studio/drafts/${await fullDraft()}`]) {
      const text = await (await station.get(path, { headers: { Cookie: cookie } })).text();
      const { results } = await validator.validateString(text);
      const faults = results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      );
      expect(faults, path).toEqual([]);
    }
  });

  test('it has no barrier that axe knows, nothing too wide or too small, light or dark, wide or narrow', async () => {
    const context = await calmContext(browser);
    await context.addCookies(cookies());
    const page = await openPage(`/studio/drafts/${await fullDraft()}`, context);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const widths = [1280, 360];
    expect(await barriersOn(page, widths)).toEqual([]);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const small = await page
        .locator('button:visible, a:visible, summary:visible, input:visible, select:visible')
        .evaluateAll((targets) =>
          targets
            .map((target) => ({ html: target.outerHTML.slice(0, 80), box: target.getBoundingClientRect() }))
            .filter(
              ({ box, html }) => !html.includes('class="hidden"') && (box.width < 24 || box.height < 24),
            )
            .map(({ html }) => html),
        );
      expect(small, `${width}`).toEqual([]);
    }
    await context.close();
  });

  test('what comes by script moves nothing', async () => {
    const context = await contextOf();
    await context.addInitScript(() => {
      const sums = { shift: 0 };
      Object.assign(globalThis, { sums });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if ('value' in entry) sums.shift += Number(entry.value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const page = await openPage('/studio/new', context);
    await page.locator('.prose').waitFor();
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    expect(await page.evaluate<number>('sums.shift')).toBeLessThan(0.02);
    await context.close();
  });
});
