import { z } from 'zod';
import { superviseChild } from '../processes/supervised-child.ts';
import type { ReadPage } from './page/read-page.ts';

/** Reads a page in a child process, so that a page that breaks its reader or keeps it busy harms nothing else. */
export type PageReader = {
  /** Returns the page's article; `undefined` when it has none, or broke the process. */
  read(html: string, address: string): Promise<ReadPage | undefined>;
  /** Ends the process, whatever it does. */
  close(): Promise<void>;
};

/** A page of 5 MB takes a third of it. */
const HEAP_MB = 384;
/** The importer gives a page less; this is for a reader that nobody closes. */
const LIMITS = { time: 60_000 };
const PROGRAM = new URL('./page-reader-process.ts', import.meta.url);

const text = z.string();
const texts = z.array(text);
const page: z.ZodType<ReadPage> = z.object({
  address: text,
  title: text,
  byline: text,
  date: text,
  summary: text,
  markdown: text,
  tags: texts,
  categories: texts,
  language: text,
  siteName: text,
  pictures: z.array(z.object({ address: text, alt: text })),
});

/** The process did not survive the page. */
class ReaderBroken extends Error {
  override name = 'ReaderBroken';
}

/** Starts the process at once, so that it is there when the page is. */
export function startPageReader(): PageReader {
  const child = superviseChild<{ html: string; address: string }, ReadPage | undefined>({
    program: PROGRAM,
    heapMb: HEAP_MB,
    serialization: 'advanced',
    answer: page.optional(),
    errorFromFault: () => new ReaderBroken('the page could not be read'),
    errorFromFailure: ({ sentence }) => new ReaderBroken(sentence),
    idle: LIMITS.time,
  });
  child.warm();
  return {
    async read(html, address) {
      try {
        return await child.ask({ html, address }, { limits: LIMITS });
      } catch (error) {
        if (error instanceof ReaderBroken) return undefined;
        throw error;
      }
    },
    close: child.close,
  };
}
