import { statSync } from 'node:fs';
import type { ProcessLimits } from '../../../processes/process-limits.ts';
import { type ChildFailure, superviseChild } from '../../../processes/supervised-child.ts';
import { ProductionFailed } from '../failures.ts';
import { removeParts } from '../part-files.ts';
import type { Producer, Production } from '../production.ts';
import { answerSchema, errorFromFault, type Progress, progressSchema, type Task } from './messages.ts';

/** What one sound may cost. */
export type ProducerLimits = {
  /** The longest sound (seconds). */
  longest: number;
  /** Resident memory of the process (bytes). */
  memory: number;
  /** Time without any progress (milliseconds). */
  stall: number;
  /** Time for a file altogether (milliseconds): so much, and so much for each megabyte. */
  time: number;
  timePerMegabyte: number;
  /** An idle process is ended after this (milliseconds): it holds some 80 MB. */
  idle: number;
};

const DEFAULT_LIMITS: ProducerLimits = {
  longest: 12 * 3600,
  memory: 512 * 1024 * 1024,
  stall: 60_000,
  time: 15 * 60_000,
  timePerMegabyte: 60_000,
  idle: 60_000,
};

const HEAP_MB = 192;
const PROGRAM = new URL('./production-process.ts', import.meta.url);

/**
 * Starts a producer. Its process starts with the first order, or when it is told to get warm, and ends when there is nothing
 * to do. `program`: what runs in it, ours unless told. `priority`: the system's for it, from -20, the highest, to 19; that of
 * this process unless told.
 */
export function startProducer({
  limits,
  program = PROGRAM,
  priority,
}: {
  limits?: Partial<ProducerLimits>;
  program?: URL;
  priority?: number;
} = {}): Producer {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  const { longest, idle } = bounds;
  const child = superviseChild<Task, Production | undefined, Progress>({
    program,
    heapMb: HEAP_MB,
    priority,
    answer: answerSchema,
    progress: progressSchema,
    errorFromFault,
    errorFromFailure,
    idle,
  });
  return {
    async produce(order, { report = () => {}, signal }) {
      const production = await child.ask(
        { kind: 'produce', order, longest },
        {
          limits: limitsFor(order.source, bounds),
          signal,
          onProgress: ({ stage, progress }) => report(stage, progress),
          cleanUp: () => [order.target, order.peaks].forEach(removeParts),
        },
      );
      if (!production) throw new ProductionFailed('it answered nothing');
      return production;
    },
    async drawPeaks(order, { signal } = {}) {
      const limits = limitsFor(order.source, bounds);
      const cleanUp = () => removeParts(order.target);
      await child.ask({ kind: 'draw', order, longest }, { limits, signal, cleanUp });
    },
    warm: child.warm,
    close: child.close,
  };
}

/** Returns what this source may cost: large ones may take longer. */
function limitsFor(source: string, { memory, stall, time, timePerMegabyte }: ProducerLimits): ProcessLimits {
  const bytes = statSync(source, { throwIfNoEntry: false })?.size ?? 0;
  return { memory, stall, time: time + (timePerMegabyte * bytes) / 1024 ** 2 };
}

function errorFromFailure({ kind, sentence }: ChildFailure): ProductionFailed {
  if (kind === 'memory') return new ProductionFailed('it asks for more memory than a sound may have');
  if (kind === 'end') return new ProductionFailed(`the process that makes sounds ready is gone: ${sentence}`);
  return new ProductionFailed(sentence);
}
