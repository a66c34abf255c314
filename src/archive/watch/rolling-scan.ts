/** A scan keeps its thread busy for at most so long at a time (ms). */
const SLICE_MS = 4;

const spentMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** A scan that is repeated without end, a slice at a time. */
export type RollingScan = { stop(): void };

/**
 * Calls `look` for everything that `things` yields, round after round. A round begins every `roundMs` milliseconds, or later
 * where the scan would take more than `share` (of 1) of one processor. Processor time is counted, not time: on a busy machine a
 * slice lasts long and costs little.
 */
export function startRollingScan<T>(
  things: () => Iterator<T>,
  look: (thing: T) => void,
  { roundMs, share }: { roundMs: number; share: number },
): RollingScan {
  let round: Iterator<T> | undefined;
  let roundBegan = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const slice = (): void => {
    const began = performance.now();
    const spentBefore = spentMs();
    if (round === undefined) {
      round = things();
      roundBegan = began;
    }
    let now = began;
    while (now - began < SLICE_MS && round !== undefined) {
      const next = round.next();
      if (next.done) round = undefined;
      else look(next.value);
      now = performance.now();
    }
    if (stopped) return;
    const rest = (spentMs() - spentBefore) / share - (now - began);
    const untilRound = round === undefined ? roundBegan + roundMs - now : 0;
    timer = setTimeout(slice, Math.max(1, rest, untilRound));
  };

  timer = setTimeout(slice, 0);
  return {
    stop() {
      stopped = true;
      round = undefined;
      clearTimeout(timer);
    },
  };
}
