import { readFileSync, statSync } from 'node:fs';

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

export const DEFAULT_LIMITS: ProducerLimits = {
  longest: 12 * 3600,
  memory: 512 * 1024 * 1024,
  stall: 60_000,
  time: 15 * 60_000,
  timePerMegabyte: 60_000,
  idle: 60_000,
};

const BETWEEN_LOOKS = 100;
/** Bytes of a page of memory, nearly everywhere; where pages are larger, the limit is. */
const PAGE = 4096;

/** Watches over a process while it works on a file. */
export type Watch = {
  /** It made progress. */
  hear(): void;
  stop(): void;
};

/** Starts watching; `over` is told, perhaps again and again, by what the process goes beyond its bounds. */
export function watchLimits(
  { pid, source, limits }: { pid: number | undefined; source: string; limits: ProducerLimits },
  over: (reason: string) => void,
): Watch {
  const startedAt = performance.now();
  const most = limits.time + (limits.timePerMegabyte * sizeOf(source)) / 1024 ** 2;
  let heardAt = startedAt;
  const timer = setInterval(() => {
    const now = performance.now();
    if (memoryOf(pid) > limits.memory) over('it asks for more memory than a sound may have');
    else if (now - heardAt > limits.stall) over(`nothing came of it for ${limits.stall / 1000} s`);
    else if (now - startedAt > most) over(`it took longer than ${Math.round(most / 1000)} s`);
  }, BETWEEN_LOOKS);
  return {
    hear() {
      heardAt = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}

/** Resident memory (bytes), where the system tells (Linux); else 0. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, resident = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return Number(resident) * PAGE;
  } catch {
    return 0;
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
