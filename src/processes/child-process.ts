import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

export type ChildOptions = {
  program: URL;
  /** What it may keep on its heap (MB). */
  heapMb: number;
  /** The system's, from -20, the highest, to 19; that of this process unless given. */
  priority?: number | undefined;
  /** `advanced` for messages that JSON cannot hold. */
  serialization?: 'json' | 'advanced';
  onMessage: (message: unknown) => void;
};

/** How a child process ended. `signal`: the one that ended it, if any; `sentence`: in English, about "it". */
export type ChildEnd = { hasStarted: boolean; signal: NodeJS.Signals | null; sentence: string };

export type Child = {
  readonly pid: number | undefined;
  /** Resolves when it has ended, could not be started, or cannot be ended. Never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** A child that is gone gets nothing, and nobody is told: `ended` says so. */
  send(message: Serializable): void;
  /** Sets whether this program stays alive for the child; it does unless told otherwise. */
  hold(isHeld: boolean): void;
  kill(): void;
};

/** A process that waits for a disk that does not answer outlives SIGKILL; so long it is waited for (ms). */
const KILL_PATIENCE_MS = 10_000;
/** A process that has closed its channel can answer nothing any more; so long it has to end by itself (ms). */
const DISCONNECTED_PATIENCE_MS = 1_000;

/** Starts a program in a child process, without the environment of this one: it may hold secrets. */
export function startChild(options: ChildOptions): Child {
  const { promise: ended, resolve } = Promise.withResolvers<ChildEnd>();
  const child = forked(options, (error) =>
    resolve({ hasStarted: false, signal: null, sentence: `it did not start: ${error.message}` }),
  );
  if (child === undefined) return { pid: undefined, ended, send() {}, hold() {}, kill() {} };
  if (options.priority !== undefined) lowerPriority(child.pid, options.priority);
  let patience: NodeJS.Timeout | undefined;
  let disconnected: NodeJS.Timeout | undefined;
  function kill(): void {
    patience ??= setTimeout(
      () => resolve({ hasStarted: true, signal: 'SIGKILL', sentence: 'it cannot be ended' }),
      KILL_PATIENCE_MS,
    );
    child?.kill('SIGKILL');
  }
  child.on('message', options.onMessage);
  child.on('disconnect', () => {
    disconnected = setTimeout(kill, DISCONNECTED_PATIENCE_MS).unref();
  });
  child.on('exit', (code, signal) => {
    clearTimeout(patience);
    clearTimeout(disconnected);
    const sentence = signal ? `it was ended by ${signal}` : `it ended with code ${code}`;
    resolve({ hasStarted: true, signal, sentence });
  });
  return {
    pid: child.pid,
    ended,
    send(message) {
      if (child.connected) child.send(message, () => {});
    },
    hold(isHeld) {
      if (isHeld) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    kill,
  };
}

/** Starts the process. A failure is told to `onFailure`, whether the system reports it at once or later. */
function forked(
  { program, heapMb, serialization }: ChildOptions,
  onFailure: (error: Error) => void,
): ChildProcess | undefined {
  try {
    const child = fork(fileURLToPath(program), {
      // Where compiled code is kept, so that the start is quick.
      env: { MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      execArgv: [`--max-old-space-size=${heapMb}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      ...(serialization && { serialization }),
    });
    child.on('error', (error) => {
      // A process that did start, and could not be sent a message or a signal, is told of by its `exit`.
      if (child.pid === undefined) onFailure(error);
    });
    return child;
  } catch (error) {
    onFailure(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

function lowerPriority(pid: number | undefined, priority: number): void {
  try {
    if (pid !== undefined) setPriority(pid, priority);
  } catch {
    // Some systems do not let it be changed: then the work is done as any other.
  }
}
