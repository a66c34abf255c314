import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mp3 } from '../fixtures/audio.ts';
import { eventually, keepStation, type RunningStation, SAMPLE_STATION } from '../fixtures/running-station.ts';
import { episodeMd, type Files, putFiles } from '../fixtures/station-folder.ts';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf, openBrowser } from '../site/browser.ts';

const SHOW = 'stacca-stacca';
const DEEPSEEK = `/shows/${SHOW}/2025-01-30-sputnik-moment`;
const LONG = `/shows/${SHOW}/2025-02-03-lunga`;
const WIDTHS = [360, 1280];
const SLOW = { timeout: 60_000 };
/** A machine that has other work may need this long for a step (ms). */
const PATIENT = { timeout: 20_000 };

/** More than one part of what is kept (1 MiB each), and not a whole number of them. */
const LONG_SOUND = mp3({ seconds: 800 });
const LONG_TEXT = ['title: Una lunga', 'date: 2025-02-03T10:00:00+01:00', 'guid: guid-lunga'];

let browser: Browser;
let station: RunningStation & { episodesDir: string; close(): Promise<void> };
const contexts = new Map<number, BrowserContext>();

/** The sample station's own files, and an episode that is longer than what is kept in one piece. */
async function stationFiles(): Promise<Files> {
  const names = ['station.md', `${SHOW}/show.md`];
  const folder = `${SHOW}/2025-01-30-sputnik-moment`;
  for (const name of await readdir(join(SAMPLE_STATION, folder))) names.push(`${folder}/${name}`);
  const read = async (name: string) => [name, await readFile(join(SAMPLE_STATION, name))] as const;
  return {
    ...Object.fromEntries(await Promise.all(names.map(read))),
    [`${SHOW}/2025-02-03-lunga/episode.md`]: episodeMd(LONG_TEXT),
    [`${SHOW}/2025-02-03-lunga/lunga.mp3`]: LONG_SOUND,
  };
}

beforeAll(async () => {
  [browser, station] = await Promise.all([openBrowser(), stationFiles().then((files) => keepStation(files))]);
  for (const width of WIDTHS)
    contexts.set(width, await calmContext(browser, { viewport: { width, height: 800 } }));
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

const at = (path: string): string => station.address + path;

function context(width = 1280): BrowserContext {
  const found = contexts.get(width);
  if (found === undefined) throw new Error(`There is no window ${width} px wide`);
  return found;
}

/** Opens a page in the context of this width, with the service worker in charge. */
async function open(path: string, width = 1280): Promise<Page> {
  const page = await context(width).newPage();
  await page.goto(at(path));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, PATIENT);
  return page;
}

const saveButton = (page: Page) => page.locator('.save-start');
const savedLink = (page: Page) => page.locator('riascolta-save').getByRole('link', { name: 'Salvato' });

async function save(page: Page): Promise<void> {
  await saveButton(page).click();
  await savedLink(page).waitFor(PATIENT);
}

/** What the page's own fetch gets for a range of a file: status, `Content-Range`, how many bytes, and the first four. */
const ranged = (page: Page, path: string, range: string | undefined) =>
  page.evaluate(
    async ([path, range]) => {
      const response = await fetch(path, range === undefined ? {} : { headers: { Range: range } });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const { status, headers } = response;
      return {
        status,
        range: headers.get('content-range'),
        length: bytes.length,
        first: [...bytes.slice(0, 4)],
      };
    },
    [path, range] as const,
  );

const soundOn = async (path: string): Promise<string> =>
  /"(\/shows\/[^"&]+\.mp3)/.exec(await station.text(path))?.[1] ?? '';

const cacheNames = (page: Page): Promise<string[]> => page.evaluate(() => caches.keys());

describe('saving', SLOW, () => {
  test('is asked of the visitor once the script is there, with what it takes up', async () => {
    const page = await open(LONG);
    expect(await saveButton(page).textContent()).toBe('Salva per ascoltare senza rete, 3,2 MB');
    await page.close();
  });

  test('is asked of the bar, too, about what sounds on any page', async () => {
    const page = await open('/');
    await page.locator('.newest [data-act="play"]').click();
    const bar = page.locator('riascolta-bar');
    await page.locator('.newest .is-playing, .newest .player.is-playing').first().waitFor(PATIENT);
    await page.getByRole('link', { name: 'Archivio', exact: true }).click();
    await page.waitForURL('**/archive');
    await bar.locator('summary').last().click(PATIENT);
    const button = bar.locator('[data-act="save"]');
    await button.click(PATIENT);
    await expect.poll(() => button.getAttribute('data-share'), PATIENT).toBe('100%');
    await expect.poll(() => cacheNames(page), PATIENT).toContain(`saved:${LONG}`);
    await page.goto(at('/saved'));
    await page.getByRole('button', { name: 'Togli: Una lunga' }).click(PATIENT);
    await page.getByText('Non hai ancora salvato niente.').waitFor(PATIENT);
    await page.close();
  });

  test('can be cancelled, and leaves nothing behind', async () => {
    const page = await open(LONG);
    const held = Promise.withResolvers<void>();
    await context().route('**/*.mp3', async (route) => {
      await held.promise;
      // The page may have taken its request back.
      await route.abort().catch(() => {});
    });
    await saveButton(page).click();
    const cancel = page.getByRole('button', { name: 'Annulla' });
    await cancel.waitFor();
    expect(await page.locator('riascolta-save').getByRole('progressbar').getAttribute('aria-label')).toBe(
      'Sto salvando',
    );
    await expect.poll(() => cancel.evaluate((button) => button === document.activeElement)).toBe(true);
    await cancel.click();
    await saveButton(page).waitFor(PATIENT);
    held.resolve();
    await context().unroute('**/*.mp3');
    expect(await cacheNames(page)).not.toContain(`saved:${LONG}`);
    await page.close();
  });

  test('says in a sentence that it failed, and goes on when it is asked again', async () => {
    const page = await open(LONG);
    await context().route('**/*.mp3', (route) => route.abort());
    await saveButton(page).click();
    await page.getByRole('alert').filter({ hasText: 'Il salvataggio si è interrotto' }).waitFor(PATIENT);
    await context().unroute('**/*.mp3');
    await page.getByRole('button', { name: /^Riprova/ }).click();
    await savedLink(page).waitFor(PATIENT);
    await page.close();
  });

  test('keeps sounds so that they answer ranges as a server does', async () => {
    const all = LONG_SOUND.length;
    const page = await open(LONG);
    const sound = await soundOn(LONG);
    // What comes now can only come from what was saved.
    await context().route('**/*.mp3', (route) => route.abort());
    const ask = async (range?: string) => {
      const { first, ...answer } = await ranged(page, sound, range);
      const from = Number(/^bytes (\d+)-/.exec(answer.range ?? 'bytes 0-')?.[1]);
      if (answer.length > 0)
        expect(first).toEqual([...LONG_SOUND.subarray(from, from + Math.min(4, answer.length))]);
      return answer;
    };
    const whole = { status: 200, range: null, length: all };
    const part = (from: number, to: number) => ({
      status: 206,
      range: `bytes ${from}-${to}/${all}`,
      length: to - from + 1,
    });
    expect(await ask()).toEqual(whole);
    expect(await ask('bytes=0-1')).toEqual(part(0, 1));
    expect(await ask('bytes=1048570-1048580')).toEqual(part(1_048_570, 1_048_580));
    expect(await ask('bytes=2000000-')).toEqual(part(2_000_000, all - 1));
    expect(await ask('bytes=-100')).toEqual(part(all - 100, all - 1));
    expect(await ask('bytes=100-99999999')).toEqual(part(100, all - 1));
    expect(await ask('bytes=0-1,5-6')).toEqual(whole);
    expect(await ask('bytes=99999999-')).toEqual({ status: 416, range: `bytes */${all}`, length: 0 });
    await context().unroute('**/*.mp3');
    await page.close();
  });
});

describe('when the site changes', SLOW, () => {
  test('a saved episode is brought up to date when the saved ones are looked at', async () => {
    const page = await open('/saved');
    const text = episodeMd(LONG_TEXT.map((line) => line.replace('Una lunga', 'Una lunga, corretta')));
    await putFiles(station.episodesDir, { [`${SHOW}/2025-02-03-lunga/episode.md`]: text }, 0);
    await eventually(
      () => station.text(LONG),
      (html) => html.includes('Una lunga, corretta'),
    );
    await page.reload();
    await page.getByRole('link', { name: 'Una lunga, corretta' }).waitFor(PATIENT);
    await page.close();
  });

  test('a withdrawn one is let go', async () => {
    const text = episodeMd([...LONG_TEXT, 'status: withdrawn']);
    await putFiles(station.episodesDir, { [`${SHOW}/2025-02-03-lunga/episode.md`]: text }, 0);
    await eventually(
      () => station.get(LONG),
      ({ status }) => status === 410,
    );
    const page = await open('/saved');
    await page.getByText('Non hai ancora salvato niente.').waitFor(PATIENT);
    expect(await cacheNames(page)).not.toContain(`saved:${LONG}`);
    await page.close();
  });

  test('a new shell takes the place of the old one, with the station’s new colour', async () => {
    const page = await open('/');
    const sheetOf = () => page.locator('link[rel="stylesheet"]').getAttribute('href');
    const shells = async () => (await cacheNames(page)).filter((name) => name.startsWith('shell:'));
    const [before, old] = [await sheetOf(), await shells()];
    expect(old).toHaveLength(1);
    const words = await readFile(join(SAMPLE_STATION, 'station.md'), 'utf8');
    await putFiles(station.episodesDir, { 'station.md': words.replace('#e8321a', '#1d4f8c') }, 0);
    await eventually(
      () => station.text('/'),
      (html) => !html.includes(String(before)),
    );
    await page.reload();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect.poll(shells, PATIENT).not.toEqual(old);
    await expect.poll(async () => (await shells()).length, PATIENT).toBe(1);
    const sheet = await sheetOf();
    expect(sheet).not.toBe(before);
    const there = await page.evaluate(
      async ([sheet, before]) => [
        (await caches.match(String(sheet))) !== undefined,
        (await caches.match(String(before))) !== undefined,
      ],
      [sheet, before] as const,
    );
    expect(there).toEqual([true, false]);
    await page.close();
  });
});

describe('with the server stopped and no network', SLOW, () => {
  beforeAll(async () => {
    for (const width of WIDTHS) {
      const page = await open(DEEPSEEK, width);
      await save(page);
      await page.close();
    }
    const ended = once(station.process, 'exit');
    station.process.kill('SIGKILL');
    await ended;
    for (const context of contexts.values()) await context.setOffline(true);
  });

  test.each(WIDTHS)('the saved episode opens, plays and is sought in, %d px wide', async (width) => {
    const page = await context(width).newPage();
    const complaints = complaintsOf(page);
    const answers: string[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.mp3'))
        answers.push(`${response.status()} ${response.fromServiceWorker()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener(
        'timeupdate',
        ({ target }) => {
          if (target instanceof HTMLAudioElement)
            document.documentElement.dataset.place = String(target.currentTime);
        },
        true,
      );
      document.addEventListener('riascolta:time', (event) => {
        if (event instanceof CustomEvent) document.documentElement.dataset.place = String(event.detail.place);
      });
    });
    const place = async () => Number(await page.locator('html').getAttribute('data-place'));
    await page.goto(at(DEEPSEEK));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Uno Sputnik da pochi soldi');
    await page.locator('[data-act="play"]:visible').first().click();
    await expect.poll(place, PATIENT).toBeGreaterThan(0.2);
    await page.locator('.article a[data-start="50"], .article a[data-start^="50."]').first().click();
    await expect.poll(place, PATIENT).toBeGreaterThan(50);
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers)).toEqual(new Set(['206 true']));
    const drawn = await page
      .locator('main img')
      .evaluateAll((images: HTMLImageElement[]) => images.every((image) => image.naturalWidth > 0));
    expect(drawn).toBe(true);
    const forms = await page.evaluate(async () => {
      const links = [...document.querySelectorAll('a[href$=".vtt"], a[href$=".txt"]')];
      return Promise.all(links.map(async (link) => (await fetch(link.getAttribute('href') ?? '')).status));
    });
    expect(forms.every((status) => status === 200)).toBe(true);
    // The browser notes what it could not fetch, such as a waveform that was not drawn yet when it was saved.
    expect(complaints.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await page.close();
  });

  test.each(WIDTHS)('a page that is not saved says so and lists what is, %d px wide', async (width) => {
    const page = await context(width).newPage();
    const answer = await page.goto(at('/archive?lang=en'));
    expect(answer?.status()).toBe(503);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('You are offline');
    await page.getByRole('link', { name: 'Uno Sputnik da pochi soldi' }).waitFor(PATIENT);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    // It is dressed: a page without its sheet would have no face of ours.
    expect(await page.locator('h1').evaluate((heading) => getComputedStyle(heading).fontFamily)).toContain(
      'Barlow',
    );
    await page.goto(at('/archive'));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sei senza rete');
    await page.close();
  });

  test.each(WIDTHS)(
    'what is saved is listed with what it takes up, and is let go, %d px wide',
    async (width) => {
      const page = await contexts.get(width)?.newPage();
      if (page === undefined) throw new Error('There is no window');
      await page.goto(at('/saved'));
      const item = page.locator('.saved-item');
      await item.waitFor(PATIENT);
      expect(await item.locator('.saved-size').textContent()).toMatch(/^\d{3} kB$/);
      expect(await page.locator('.saved-total').textContent()).toBe(
        await item.locator('.saved-size').textContent(),
      );
      expect(await page.locator('.saved-room').textContent()).toMatch(/B$/);
      const tooSmall = await page
        .locator('.saved button:visible')
        .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).length);
      expect(tooSmall).toBe(0);
      expect(await barriersOn(page, [width])).toEqual([]);
      await page.getByRole('button', { name: 'Togli: Uno Sputnik da pochi soldi' }).click();
      await page.getByText('Non hai ancora salvato niente.').waitFor(PATIENT);
      await page.goto(at(DEEPSEEK));
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sei senza rete');
      await page.close();
    },
  );
});
