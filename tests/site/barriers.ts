import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const SCHEMES = ['light', 'dark'] as const;

/** A context in whose pages `barriersOn` can look: axe comes by the driver, to which a page's policy does not apply. */
export async function contextWithAxe(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  await context.addInitScript(axe.source);
  return context;
}

/** What axe finds on the page that is open, at each width (px) and in each scheme, and whether it is too wide for it. */
export async function barriersOn(page: Page, widths: number[]): Promise<string[]> {
  const found: string[] = [];
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
