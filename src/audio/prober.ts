import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EmptyAudio, NotAudio, ProbeFailed } from './failures.ts';
import type { AudioProbe } from './probe.ts';

export interface Prober {
  /** Examines one file; files wait for each other. Throws `NotAudio`, `EmptyAudio` or `ProbeFailed`. */
  probe(path: string): Promise<AudioProbe>;
  /** Ends the process; files under way and waiting are rejected with `ProbeFailed`. */
  close(): Promise<void>;
}

/** `timeLimit`: milliseconds for one file. `program`: what runs in the process, our probe unless told. */
export type ProberOptions = { timeLimit?: number; program?: URL };

type Fault = { name: string; message: string };
/** What the process sends back for a path. */
export type ProbeAnswer = { probe: AudioProbe } | { fault: Fault };

type Job = { path: string; resolve(probe: AudioProbe): void; reject(error: Error): void };

const DEFAULT_TIME_LIMIT = 20_000;
const START_LIMIT = 30_000;
/** An idle process is ended after this: it holds some 50 MB. */
const IDLE_LIMIT = 15_000;

// A process, not a thread: V8 ends the whole server when a thread asks for one piece beyond its own memory limit.
const MEMORY_LIMIT = '--max-old-space-size=192';

/**
 * Starts a prober: a child process that examines files of unknown origin one after the other. A file that breaks the
 * process or outlasts the limit is rejected alone; the next one gets a new process. The process starts with the first
 * file, keeps its parent from nothing while it waits, and ends when there is nothing to do.
 */
export function startProber(options: ProberOptions = {}): Prober {
  const timeLimit = options.timeLimit ?? DEFAULT_TIME_LIMIT;
  const program = fileURLToPath(options.program ?? new URL('./probe-process.ts', import.meta.url));
  const waiting: Job[] = [];
  let current: Job | undefined;
  let child: ChildProcess | undefined;
  let isReady = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  function next(): void {
    if (current || isClosed) return;
    current = waiting.shift();
    if (!current) {
      rest();
      return;
    }
    child ??= start();
    child.ref();
    child.channel?.ref();
    if (isReady) send(current);
  }

  function start(): ChildProcess {
    const started = fork(program, { execArgv: [MEMORY_LIMIT], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    isReady = false;
    limit(START_LIMIT, 'the process that examines files did not start');
    started.on('message', (message: 'ready' | ProbeAnswer) => {
      if (started !== child) return;
      if (message !== 'ready') {
        settle(message);
        return;
      }
      isReady = true;
      if (current) send(current);
    });
    started.on('error', (error) =>
      breakDown(started, `the process that examines files failed (${error.message})`),
    );
    started.on('exit', (_, signal) => breakDown(started, reasonOf(signal)));
    return started;
  }

  function send(job: Job): void {
    limit(timeLimit, `it took longer than ${timeLimit / 1000} s`);
    // A process that is gone says so by its `exit`.
    child?.send(job.path, () => {});
  }

  function limit(milliseconds: number, reason: string): void {
    clearTimeout(timer);
    timer = setTimeout(() => child && breakDown(child, reason), milliseconds);
  }

  function rest(): void {
    clearTimeout(timer);
    child?.unref();
    child?.channel?.unref();
    timer = setTimeout(end, IDLE_LIMIT).unref();
  }

  function end(): void {
    const ending = child;
    child = undefined;
    ending?.kill('SIGKILL');
  }

  function settle(answer: ProbeAnswer): void {
    clearTimeout(timer);
    const job = current;
    current = undefined;
    if ('probe' in answer) job?.resolve(answer.probe);
    else job?.reject(errorOf(answer.fault));
    next();
  }

  function breakDown(broken: ChildProcess, reason: string): void {
    if (broken !== child) return;
    end();
    settle({ fault: { name: 'ProbeFailed', message: reason } });
  }

  return {
    probe(path) {
      if (isClosed) return Promise.reject(new ProbeFailed('the prober is closed'));
      return new Promise((resolve, reject) => {
        waiting.push({ path, resolve, reject });
        next();
      });
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      for (const job of [current, ...waiting.splice(0)])
        job?.reject(new ProbeFailed('the prober was closed'));
      current = undefined;
      const ending = child;
      if (!ending) return;
      const ended = new Promise((resolve) => ending.once('exit', resolve));
      end();
      ending.ref();
      await ended;
    },
  };
}

/** Returns an error as the process sends it: classes do not survive the way. */
export function faultFromError(error: unknown): Fault {
  const name = [NotAudio, EmptyAudio].find((kind) => error instanceof kind)?.name ?? 'ProbeFailed';
  return { name, message: error instanceof Error ? error.message : String(error) };
}

function errorOf({ name, message }: Fault): Error {
  if (name === 'NotAudio') return new NotAudio(message);
  if (name === 'EmptyAudio') return new EmptyAudio(message);
  return new ProbeFailed(message);
}

// V8 aborts when a script's memory limit is reached.
function reasonOf(signal: NodeJS.Signals | null): string {
  return signal === 'SIGABRT'
    ? 'it asks for more memory than a file may have'
    : 'it broke the process that examined it';
}
