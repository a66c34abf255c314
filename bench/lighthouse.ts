import chromium from '@sparticuz/chromium';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { median } from './wrk.ts';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Scores from 0 to 100, the middle ones of several runs; `lost`: the audits that were not passed in the last run. */
export type Scores = Record<Category, number> & { lost: string[] };

/** Looks at a page with Lighthouse as a slow phone does (its default), `runs` times, each in a browser of its own. */
export async function scoresOf(address: string, runs: number): Promise<Scores> {
  const found: Omit<Scores, 'lost'>[] = [];
  let lost: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const chrome = await launch({
      chromePath: await chromium.executablePath(),
      chromeFlags: ['--headless=new', '--no-sandbox'],
    });
    try {
      const result = await lighthouse(address, { port: chrome.port, logLevel: 'error' });
      if (result === undefined) throw new Error(`Lighthouse found nothing at ${address}`);
      const { categories, audits } = result.lhr;
      const score = (category: Category): number => Math.round((categories[category]?.score ?? 0) * 100);
      found.push({
        performance: score('performance'),
        accessibility: score('accessibility'),
        'best-practices': score('best-practices'),
        seo: score('seo'),
      });
      const weighed = Object.values(categories).flatMap(({ auditRefs }) =>
        auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id),
      );
      lost = weighed.filter((id) => {
        const { score = null } = audits[id] ?? {};
        return score !== null && score < 0.9;
      });
    } finally {
      await chrome.kill();
    }
  }
  const middle = (category: Category): number => median(found.map((scores) => scores[category]));
  return {
    performance: middle('performance'),
    accessibility: middle('accessibility'),
    'best-practices': middle('best-practices'),
    seo: middle('seo'),
    lost,
  };
}
