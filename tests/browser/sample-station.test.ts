import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunningStation } from '../fixtures/running-station.ts';
import { complaintsOf } from '../site/browser.ts';
import { withSampleInBrowser } from './sample-in-browser.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
const SLOW = 60_000;

let browser: Browser;
let running: RunningStation & { close(): Promise<void> };
withSampleInBrowser((opened) => {
  ({ browser, running } = opened);
});

/** Where the one sound of the page stands, in seconds. */
const place = (page: Page): Promise<number> =>
  page.locator('html > audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);

/** The loudest sample that is heard within a second, from 0 to 1. */
const loudest = (page: Page): Promise<number> =>
  page.locator('html > audio').evaluate(async (audio: HTMLAudioElement) => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaElementSource(audio).connect(analyser).connect(context.destination);
    const samples = new Float32Array(analyser.fftSize);
    let peak = 0;
    for (let look = 0; look < 20; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  });

it('starts with a line that says where it listens, and nothing in its log', async () => {
  expect(await running.text('/')).toContain('Radio Blackout');
  expect(running.said()).toMatch(/^Riascolta listens at http\S+\n/);
  expect(running.log()).toBe('');
});

it('plays, seeks and is heard on an episode page of the sample station', { timeout: SLOW }, async () => {
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  await page.goto(running.address + EPISODE);
  await page.locator('riascolta-player .player-play').first().click();
  await expect.poll(() => place(page), { timeout: 15_000 }).toBeGreaterThan(0.3);
  expect(await loudest(page)).toBeGreaterThan(0.01);

  const moment = page.getByText('0:50', { exact: true }).first();
  await moment.click();
  await expect.poll(() => place(page), { timeout: 15_000 }).toBeGreaterThan(50);
  expect(await place(page)).toBeLessThan(60);
  expect(complaints).toEqual([]);
  await page.close();
});

it('has a plain player for the whole file where there is no JavaScript', { timeout: SLOW }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(running.address + EPISODE);
  const player = page.locator('audio[controls]').first();
  expect(await player.isVisible()).toBe(true);
  const source = await player.locator('source').getAttribute('src');
  const audio = await running.get(source ?? '');
  expect([audio.status, audio.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
  await context.close();
});

it('asks for nothing outside the station', { timeout: SLOW }, async () => {
  const page = await browser.newPage();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(running.address)) elsewhere.push(request.url());
  });
  for (const path of ['/', EPISODE, '/search?q=deepseek', '/subscribe'])
    await page.goto(running.address + path, { waitUntil: 'networkidle' });
  expect(elsewhere).toEqual([]);
  await page.close();
});
