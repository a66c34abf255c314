import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ReadPage } from './page/read-page.ts';

/** Reads one page in a process of its own, which a page that breaks it, or keeps it busy, takes with it alone. */
export type PageReader = {
  /** Resolves with `undefined` when the page has no article, or broke the process. */
  read(html: string, address: string): Promise<ReadPage | undefined>;
  /** Ends the process, whatever it does. */
  close(): void;
};

/** What a page of 5 MB takes is a third of it. */
const MEMORY_LIMIT = '--max-old-space-size=384';
const PROGRAM = fileURLToPath(new URL('./reading-process.ts', import.meta.url));

const text = z.string();
const texts = z.array(text);
const answer = z.object({
  page: z
    .object({
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
    })
    .optional(),
});

/** Starts the process at once, so that it is there when the page is. */
export function startPageReader(): PageReader {
  const child: ChildProcess = fork(PROGRAM, {
    execArgv: [MEMORY_LIMIT],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Nothing of what the program was told: only where compiled code is kept, for a quick start.
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    serialization: 'advanced',
  });
  let hasAnswered = false;
  const ended = new Promise<undefined>((resolve) => {
    child.once('exit', () => resolve(undefined));
    child.on('error', () => resolve(undefined));
  });
  return {
    async read(html, address) {
      const answered = new Promise<unknown>((resolve) => child.once('message', resolve));
      child.send({ html, address }, () => {});
      const message = await Promise.race([answered, ended]);
      hasAnswered = message !== undefined;
      return message === undefined ? undefined : answer.parse(message).page;
    },
    close() {
      // One that has answered ends by itself, and keeps its compiled code for the next.
      if (hasAnswered && child.connected) child.disconnect();
      else child.kill('SIGKILL');
    },
  };
}
