import type { Serializable } from 'node:child_process';
import { z } from 'zod';
import { type Child, type ChildEnd, type ChildOptions, startChild } from './child-process.ts';
import { type Excess, type LimitWatch, type ProcessLimits, watchLimits } from './process-limits.ts';

/** Why a request got no answer: not because of an error that its program names, but of what became of the process. */
export type ChildFailure = {
  kind: Excess['kind'] | 'start' | 'end' | 'answer' | 'closed';
  /** In English, about "it", the process. */
  sentence: string;
  /** The signal that ended the process, where it ended by itself. */
  signal?: NodeJS.Signals | null;
};

export type SupervisedChildOptions<Answer, Progress> = Omit<ChildOptions, 'onMessage'> & {
  answer: z.ZodType<Answer>;
  progress?: z.ZodType<Progress>;
  /** Makes an error of what the program's `faultFromError` made of one. */
  errorFromFault: (fault: unknown) => Error;
  errorFromFailure: (failure: ChildFailure) => Error;
  /** A process that has had nothing to do for so long is ended (ms). */
  idle: number;
};

export type AskOptions<Progress> = {
  limits: ProcessLimits;
  /** Aborted, the request is given up, and with it the process where it has begun. */
  signal?: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
  /** Removes what an earlier attempt has left: called before the request is sent, and when it has failed. */
  cleanUp?: () => void;
};

export type SupervisedChild<Request, Answer, Progress> = {
  /**
   * Resolves with the program's answer; requests wait for each other. Throws what `errorFromFault` and `errorFromFailure`
   * make, and the signal's reason. When it has settled, the process does nothing any more for this request.
   */
  ask(request: Request, options: AskOptions<Progress>): Promise<Answer>;
  /** Starts the process, so that the next request need not wait for it. */
  warm(): void;
  /** Ends the process; requests under way and waiting fail, and so does each that comes later. */
  close(): Promise<void>;
};

type Job<Request, Answer, Progress> = AskOptions<Progress> & {
  request: Request;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/** The process, from its start until it is gone. `failure`: why we end it. */
type Running = { child: Child; isReady: boolean; startLimit: NodeJS.Timeout; failure?: { error: unknown } };

/** What a program that uses `answerRequests` sends. */
const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('progress'), progress: z.unknown().optional() }),
  z.object({ kind: z.literal('answer'), answer: z.unknown().optional() }),
  z.object({ kind: z.literal('fault'), fault: z.unknown().optional() }),
]);

const START_LIMIT_MS = 30_000;

/**
 * Supervises a child process that answers requests, one after the other. A request that breaks the process or goes beyond its
 * limits fails alone; the next one gets a new process. The process starts with the first request, or when it is told to get
 * warm, keeps this program from nothing while it waits, and ends when there is nothing to do.
 */
export function superviseChild<Request extends Serializable, Answer, Progress = never>(
  options: SupervisedChildOptions<Answer, Progress>,
): SupervisedChild<Request, Answer, Progress> {
  const { answer, progress, errorFromFault, errorFromFailure, idle } = options;
  const waiting: Job<Request, Answer, Progress>[] = [];
  let current: Job<Request, Answer, Progress> | undefined;
  let running: Running | undefined;
  let isClosed = false;
  let idleTimer: NodeJS.Timeout | undefined;
  let watch: LimitWatch | undefined;

  function next(): void {
    if (current || isClosed) return;
    current = waiting.shift();
    if (!current) {
      rest();
      return;
    }
    clearTimeout(idleTimer);
    running ??= start();
    running.child.hold(true);
    if (running.isReady && !running.failure) send(running, current);
  }

  function start(): Running {
    const child = startChild({ ...options, onMessage: (received) => receive(started, received) });
    const startLimit = setTimeout(
      () => end(started, errorFromFailure({ kind: 'start', sentence: 'it did not start' })),
      START_LIMIT_MS,
    ).unref();
    const started: Running = { child, isReady: false, startLimit };
    child.ended.then((how) => hasEnded(started, how));
    return started;
  }

  function send(process: Running, { request, limits, cleanUp }: Job<Request, Answer, Progress>): void {
    cleanUp?.();
    watch = watchLimits(process.child.pid, limits, (excess) =>
      end(process, errorFromFailure({ kind: excess.kind, sentence: excessSentence(excess) })),
    );
    process.child.send(request);
  }

  function receive(process: Running, received: unknown): void {
    watch?.madeProgress();
    if (process !== running || process.failure) return;
    let handle: () => void;
    try {
      handle = handlerFor(process, message.parse(received));
    } catch (error) {
      const sentence = `it answers what cannot be read: ${error instanceof Error ? error.message : error}`;
      end(process, errorFromFailure({ kind: 'answer', sentence }));
      return;
    }
    handle();
  }

  /** Returns what is to be done about a message. Throws when its content cannot be read. */
  function handlerFor(process: Running, received: z.output<typeof message>): () => void {
    switch (received.kind) {
      case 'ready':
        return () => {
          clearTimeout(process.startLimit);
          process.isReady = true;
          if (current) send(process, current);
        };
      case 'progress': {
        const parsed = progress?.parse(received.progress);
        return () => parsed !== undefined && current?.onProgress?.(parsed);
      }
      case 'answer': {
        const parsed = answer.parse(received.answer);
        return () => settle((job) => job.resolve(parsed));
      }
      case 'fault': {
        const error = errorFromFault(received.fault);
        return () => fail(error);
      }
    }
  }

  function settle(how: (job: Job<Request, Answer, Progress>) => void): void {
    watch?.stop();
    const job = current;
    current = undefined;
    if (job) how(job);
    next();
  }

  function fail(error: unknown): void {
    settle((job) => {
      job.cleanUp?.();
      job.reject(error);
    });
  }

  /** Ends the process; its request fails when it is gone and does nothing any more. */
  function end(process: Running, error: unknown): void {
    if (process.failure) return;
    process.failure = { error };
    watch?.stop();
    process.child.kill();
  }

  function hasEnded(process: Running, { hasStarted, sentence, signal }: ChildEnd): void {
    clearTimeout(process.startLimit);
    if (process !== running) return;
    running = undefined;
    clearTimeout(idleTimer);
    fail(
      process.failure
        ? process.failure.error
        : errorFromFailure({ kind: hasStarted ? 'end' : 'start', sentence, signal }),
    );
  }

  function abort(job: Job<Request, Answer, Progress>): void {
    const index = waiting.indexOf(job);
    if (index !== -1) {
      waiting.splice(index, 1);
      job.reject(job.signal?.reason);
    } else if (job === current && running) {
      end(running, job.signal?.reason);
    }
  }

  function rest(): void {
    clearTimeout(idleTimer);
    if (!running || running.failure) return;
    const resting = running;
    resting.child.hold(false);
    idleTimer = setTimeout(() => {
      // From now on it is none of ours: a request that comes before it is gone gets a new one.
      running = undefined;
      clearTimeout(resting.startLimit);
      resting.child.kill();
    }, idle).unref();
  }

  const closed = (sentence: string) => errorFromFailure({ kind: 'closed', sentence });

  return {
    ask(request, { signal, ...given }) {
      if (isClosed) return Promise.reject(closed('it is closed'));
      if (signal?.aborted) return Promise.reject(signal.reason);
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      const job: Job<Request, Answer, Progress> = { ...given, request, signal, resolve, reject };
      const cancel = () => abort(job);
      signal?.addEventListener('abort', cancel, { once: true });
      waiting.push(job);
      next();
      return promise.finally(() => signal?.removeEventListener('abort', cancel));
    },
    warm() {
      if (isClosed || running) return;
      running = start();
      rest();
    },
    async close() {
      isClosed = true;
      clearTimeout(idleTimer);
      const closing = closed('it was closed');
      for (const job of waiting.splice(0)) job.reject(closing);
      if (!running) return;
      const { child } = running;
      child.hold(true);
      end(running, closing);
      await child.ended;
    },
  };
}

function excessSentence({ kind, limit }: Excess): string {
  if (kind === 'memory') return 'it asks for more memory than it may have';
  if (kind === 'stall') return `nothing came of it for ${limit / 1000} s`;
  return `it took longer than ${Math.round(limit / 1000)} s`;
}
