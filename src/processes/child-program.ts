import { writeFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';

/** What the program of a supervised child does. */
export type ChildProgram<Request> = {
  /** Makes a request of a message. */
  request: (message: unknown) => Request;
  answer: (request: Request) => unknown;
  /** Makes a value that can be sent of an error: classes do not survive the way. */
  faultFromError: (error: unknown) => unknown;
};

/** Answers what a supervised child is asked (`supervised-child.ts`), one request at a time, until its parent is gone. */
export function answerRequests<Request>({ request, answer, faultFromError }: ChildProgram<Request>): void {
  const answerTo = async (message: unknown): Promise<object> => {
    try {
      return { kind: 'answer', answer: await answer(request(message)) };
    } catch (error) {
      return { kind: 'fault', fault: faultFromError(error) };
    }
  };
  let isFirst = true;
  process.on('message', async (message) => {
    process.send?.(await answerTo(message));
    // A child is killed in the end: what it compiled is written before, for the next one.
    if (isFirst) flushCompileCache();
    isFirst = false;
  });
  process.on('disconnect', () => process.exit());
  endFirst();
  process.send?.({ kind: 'ready' });
}

/** Tells the parent how far the answer to the present request is. */
export function reportProgress(progress: unknown): void {
  process.send?.({ kind: 'progress', progress });
}

/** Where memory runs out, the system is to end this process and not the server. */
function endFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Only Linux has this.
  }
}
