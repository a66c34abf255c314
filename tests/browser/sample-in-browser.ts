import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { keepSampleStation, type RunningStation } from '../fixtures/running-station.ts';
import { openBrowser } from '../site/browser.ts';

export type SampleInBrowser = { browser: Browser; running: RunningStation & { close(): Promise<void> } };

/** How long a browser and a station may take to start, on a busy machine (ms). */
const STARTS_MS = 60_000;

/** Starts the sample station and a browser before all tests of a file, and ends both after them. */
export function withSampleInBrowser(prepare: (opened: SampleInBrowser) => Promise<void> | void): void {
  let opened: SampleInBrowser | undefined;
  beforeAll(async () => {
    const [browser, running] = await Promise.all([openBrowser(), keepSampleStation()]);
    opened = { browser, running };
    await prepare(opened);
  }, STARTS_MS);
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.running.close();
  });
}
