import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  DEFAULT_LIMITS,
  type ProducerLimits,
  type Watch,
  watchLimits,
} from '../../../processes/process-limits.ts';
import { ProductionFailed } from '../failures.ts';
import { removeParts } from '../part-files.ts';
import type { Producer, Production, ProductionStage } from '../production.ts';
import { type Answer, errorFromFault, type Task } from './messages.ts';

const START_LIMIT = 30_000;
const PROGRAM = fileURLToPath(new URL('./production-process.ts', import.meta.url));

type Job = {
  task: Task;
  /** What it writes. */
  targets: string[];
  report: (stage: ProductionStage, progress: number) => void;
  signal: AbortSignal | undefined;
  resolve(production: Production | undefined): void;
  reject(error: unknown): void;
};

/** The process, from its start to its end. `failure`: why we end it. */
type Process = { child: ChildProcess; isReady: boolean; failure?: unknown };

/**
 * Starts a producer. Its process starts with the first order, or when it is told to get warm, keeps its parent from
 * nothing while it waits, and ends when there is nothing to do. `program`: what runs in it, ours unless told. `priority`: the
 * system's for it, from -20, the highest, to 19; that of this process unless told.
 */
export function startProducer({
  limits,
  program = PROGRAM,
  priority,
}: {
  limits?: Partial<ProducerLimits>;
  program?: string;
  priority?: number;
} = {}): Producer {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  const waiting: Job[] = [];
  let current: Job | undefined;
  let running: Process | undefined;
  let isClosed = false;
  let idleTimer: NodeJS.Timeout | undefined;
  let watch: Watch | undefined;

  function add(job: Omit<Job, 'resolve' | 'reject'>): Promise<Production | undefined> {
    if (isClosed) return Promise.reject(new ProductionFailed('the producer is closed'));
    if (job.signal?.aborted) return Promise.reject(job.signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<Production | undefined>();
    const added: Job = { ...job, resolve, reject };
    const cancel = () => abort(added);
    job.signal?.addEventListener('abort', cancel, { once: true });
    waiting.push(added);
    next();
    return promise.finally(() => job.signal?.removeEventListener('abort', cancel));
  }

  function next(): void {
    if (current || isClosed) return;
    current = waiting.shift();
    if (!current) {
      rest();
      return;
    }
    clearTimeout(idleTimer);
    running ??= start();
    hold(running.child, true);
    if (running.isReady) send(running, current);
  }

  function start(): Process {
    const child = fork(program, {
      // Nothing of the server's secrets; its compiled code, so that the start is quick.
      env: { MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      execArgv: ['--max-old-space-size=192'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    if (priority !== undefined) lower(child, priority);
    const started: Process = { child, isReady: false };
    const startLimit = setTimeout(() => end(started, 'it did not start'), START_LIMIT).unref();
    child.on('message', (answer: Answer) => {
      clearTimeout(startLimit);
      hear(started, answer);
    });
    child.on('error', (error) => ended(started, error.message));
    child.on('exit', (code, signal) => {
      clearTimeout(startLimit);
      ended(started, signal ? `it was ended by ${signal}` : `it ended with code ${code}`);
    });
    return started;
  }

  function send(process: Process, { task, targets }: Job): void {
    targets.forEach(removeParts);
    const { pid } = process.child;
    watch = watchLimits({ pid, source: task.order.source, limits: bounds }, (reason) => end(process, reason));
    // A process that is gone says so by its `exit`.
    process.child.send(task, () => {});
  }

  function hear(process: Process, answer: Answer): void {
    watch?.hear();
    if (process !== running || process.failure !== undefined) return;
    if (answer.kind === 'ready') {
      process.isReady = true;
      if (current) send(process, current);
    } else if (answer.kind === 'progress') {
      current?.report(answer.stage, answer.progress);
    } else if (answer.kind === 'done') {
      settle((job) => job.resolve(answer.production));
    } else {
      fail(errorFromFault(answer.fault));
    }
  }

  function settle(how: (job: Job) => void): void {
    watch?.stop();
    const job = current;
    current = undefined;
    if (job) how(job);
    next();
  }

  function fail(error: unknown): void {
    settle((job) => {
      job.targets.forEach(removeParts);
      job.reject(error);
    });
  }

  /** Ends the process; its job is rejected when it is gone, and writes nothing any more. */
  function end(process: Process, reason: unknown): void {
    if (process.failure !== undefined) return;
    process.failure = typeof reason === 'string' ? new ProductionFailed(reason) : reason;
    watch?.stop();
    process.child.kill('SIGKILL');
  }

  function ended(process: Process, how: string): void {
    if (process !== running) return;
    running = undefined;
    clearTimeout(idleTimer);
    fail(process.failure ?? new ProductionFailed(`the process that makes sounds ready is gone: ${how}`));
  }

  function abort(job: Job): void {
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
    if (!running) return;
    const idle = running;
    hold(idle.child, false);
    idleTimer = setTimeout(() => end(idle, 'it had nothing to do'), bounds.idle).unref();
  }

  return {
    async produce(order, { report = () => {}, signal }) {
      const production = await add({
        task: { kind: 'produce', order, longest: bounds.longest },
        targets: [order.target, order.peaks],
        report,
        signal,
      });
      if (!production) throw new ProductionFailed('it answered nothing');
      return production;
    },
    async drawPeaks(order, { signal } = {}) {
      await add({
        task: { kind: 'draw', order, longest: bounds.longest },
        targets: [order.target],
        report: () => {},
        signal,
      });
    },
    warm() {
      if (isClosed || running) return;
      running = start();
      rest();
    },
    async close() {
      isClosed = true;
      const closing = new ProductionFailed('the producer was closed');
      for (const job of waiting.splice(0)) job.reject(closing);
      clearTimeout(idleTimer);
      if (!running) return;
      const gone = new Promise((resolve) => running?.child.once('exit', resolve));
      hold(running.child, true);
      end(running, closing);
      await gone;
    },
  };
}

function lower({ pid }: ChildProcess, priority: number): void {
  try {
    if (pid !== undefined) setPriority(pid, priority);
  } catch {
    // Some systems do not let it be changed: then the work is done as any other.
  }
}

/** Whether a process keeps this one from ending. */
function hold(child: ChildProcess, isHeld: boolean): void {
  if (isHeld) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}
