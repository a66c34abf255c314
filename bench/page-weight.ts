import type { Browser } from 'playwright-core';

/** What a page weighs over the wire (bytes, with headers), by what it is; `blocking`: what rendering waits for. */
export type Weight = { kinds: Map<string, number>; total: number; blocking: string[] };

/** What is neither the page nor its dress: the sound, and pictures, of which an episode page has its cover. */
const APART = new Set(['Media', 'Image']);

/** Opens a page as a first visitor does, and weighs what comes until the network rests. */
export async function weightOf(browser: Browser, address: string): Promise<Weight> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    const page = await context.newPage();
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.enable');
    const kindOf = new Map<string, string>();
    const kinds = new Map<string, number>();
    const blocking: string[] = [];
    protocol.on('Network.requestWillBeSent', ({ requestId, type = 'Other' }) => kindOf.set(requestId, type));
    protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kindOf.get(requestId) ?? 'Other';
      kinds.set(kind, (kinds.get(kind) ?? 0) + encodedDataLength);
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    const waitedFor = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => 'renderBlockingStatus' in entry && entry.renderBlockingStatus === 'blocking')
        .map(({ name }) => new URL(name).pathname),
    );
    blocking.push(...waitedFor);
    const total = [...kinds].reduce((sum, [kind, bytes]) => (APART.has(kind) ? sum : sum + bytes), 0);
    return { kinds, total, blocking };
  } finally {
    await context.close();
  }
}
