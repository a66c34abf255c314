import { z } from 'zod';
import { answerRequests } from '../processes/child-program.ts';
import { PageTooComplex } from './page/dom.ts';
import { type ReadPage, readPage } from './page/read-page.ts';

// The program of the page reader's child process: one page comes in, its article goes out.

const requestSchema = z.object({ html: z.string(), address: z.string() });

answerRequests({
  request: (message) => requestSchema.parse(message),
  answer: ({ html, address }) => pageOrNone(html, address),
  faultFromError: (error) => (error instanceof Error ? error.message : String(error)),
});

function pageOrNone(html: string, address: string): ReadPage | undefined {
  try {
    return readPage(html, address);
  } catch (error) {
    // A stack that overflows: nested in some way that was not foreseen.
    if (error instanceof PageTooComplex || error instanceof RangeError) return undefined;
    throw error;
  }
}
