import { z } from 'zod';
import { PageTooComplex } from './page/dom.ts';
import { type ReadPage, readPage } from './page/read-page.ts';

const task = z.object({ html: z.string(), address: z.string() });

// The program of the page reader's child process: one page comes in, its article goes out.
process.once('message', (message) => {
  const { html, address } = task.parse(message);
  process.send?.({ page: pageOrNone(html, address) });
});
process.on('disconnect', () => process.exit());

function pageOrNone(html: string, address: string): ReadPage | undefined {
  try {
    return readPage(html, address);
  } catch (error) {
    // A stack that overflows: nested in some way that was not foreseen.
    if (error instanceof PageTooComplex || error instanceof RangeError) return undefined;
    throw error;
  }
}
