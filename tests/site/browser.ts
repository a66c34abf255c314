import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';

/** A real browser, which ships inside an npm package. The package's own list of switches would end it with its first page. */
export async function openBrowser(): Promise<Browser> {
  return driver.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--autoplay-policy=user-gesture-required'],
  });
}

/** Collects what a page complains of: errors, and what its Content-Security-Policy forbade. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Chromium fetches a part of the script twice when the service worker takes over in between, and says so.
    if (!message.text().includes('cross-world service worker')) complaints.push(message.text());
  });
  return complaints;
}

/** Takes a page off the station, and makes this browser forget what it kept of it: so one page can serve many tests. */
export async function forgetAll(page: Page, address: string): Promise<void> {
  // No script of the site runs there, to write down anew where it stood.
  await page.goto(`${address}/robots.txt`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
}
