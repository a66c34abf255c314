import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const SCHEMES = ['light', 'dark'] as const;

/** A context in whose pages nothing moves: what fades in has no contrast yet when `barriersOn` looks. */
export const calmContext = (browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> =>
  browser.newContext({ reducedMotion: 'reduce', ...options });

/** What axe finds on the page that is open, at each width (px) and in each scheme, and whether it is too wide for it. */
export async function barriersOn(page: Page, widths: number[]): Promise<string[]> {
  const found: string[] = [];
  // By the driver, to which a page's policy does not apply; only here, since it takes a page longer than all of the site's scripts.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      // In the dark only colours differ. What nobody plays must not be waited for.
      const rules = colorScheme === 'light' ? '' : ', runOnly: ["color-contrast"]';
      const { violations } = await page.evaluate<axe.AxeResults>(
        `axe.run({ preload: false, resultTypes: ["violations"]${rules} })`,
      );
      for (const { id, nodes } of violations)
        for (const { html } of nodes)
          found.push(`${page.url()} ${width} ${colorScheme} ${id}: ${html.slice(0, 200)}`);
    }
    const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
    if (wide > width) found.push(`${page.url()} is ${wide} px wide at ${width}`);
  }
  return found;
}
