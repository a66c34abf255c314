import { readFileSync } from 'node:fs';

/** What one request may cost a child process. */
export type ProcessLimits = {
  /** Time altogether (milliseconds). */
  time: number;
  /** Time without any progress (milliseconds). */
  stall?: number;
  /** Resident memory (bytes). */
  memory?: number;
};

/** Which limit was exceeded. */
export type Excess = { kind: 'memory' | 'stall' | 'time'; limit: number };

const BETWEEN_LOOKS_MS = 100;
/** Bytes of a page of memory, nearly everywhere; where pages are larger, the limit is. */
const PAGE = 4096;

export type LimitWatch = {
  /** Told of each progress. */
  madeProgress(): void;
  stop(): void;
};

/** Watches over a process from now on; `onExcess` is called, perhaps again and again, when it exceeds a limit. */
export function watchLimits(
  pid: number | undefined,
  limits: ProcessLimits,
  onExcess: (excess: Excess) => void,
): LimitWatch {
  const { memory = Number.POSITIVE_INFINITY, stall, time } = limits;
  const startedAt = performance.now();
  let progressAt = startedAt;
  const timer = setInterval(() => {
    const now = performance.now();
    if (residentMemory(pid) > memory) onExcess({ kind: 'memory', limit: memory });
    else if (stall !== undefined && now - progressAt > stall) onExcess({ kind: 'stall', limit: stall });
    else if (now - startedAt > time) onExcess({ kind: 'time', limit: time });
  }, BETWEEN_LOOKS_MS);
  return {
    madeProgress() {
      progressAt = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}

/** Returns the resident memory of a process (bytes) where the system tells it (Linux); else 0. */
function residentMemory(pid: number | undefined): number {
  try {
    const [, resident = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return Number(resident) * PAGE;
  } catch {
    return 0;
  }
}
