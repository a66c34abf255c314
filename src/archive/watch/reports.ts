/** Several events within this time (milliseconds) are reported together. */
const GATHER_MS = 15;
/** A folder that is reported so often in a row is being copied into. It then waits longer, or it would be read at each block. */
const PATIENCE = 8;
const LONGEST_WAIT_MS = 250;
/** A folder is at rest after so long without an event (ms). */
const AT_REST_MS = 1000;

/** Gathers changes by key and reports them together, sorted, each key once. */
export type Reports<T> = { add(key: string, thing: T): void; stop(): void };

/** Makes a gatherer of changes. `report` is called soon after a key was added, and always once more after the last time. */
export function makeReports<T>(report: (changes: [key: string, thing: T][]) => void): Reports<T> {
  const due = new Map<string, { time: number; thing: T }>();
  const streaks = new Map<string, { count: number; last: number }>();
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Number.POSITIVE_INFINITY;
  let stopped = false;

  const wakeAt = (time: number, now: number): void => {
    if (time >= wakesAt) return;
    clearTimeout(timer);
    wakesAt = time;
    timer = setTimeout(handOn, Math.max(0, time - now));
  };

  const handOn = (): void => {
    const now = performance.now();
    wakesAt = Number.POSITIVE_INFINITY;
    const changes: [key: string, thing: T][] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const [key, { time, thing }] of due) {
      // Timers may fire a fraction of a millisecond early.
      if (time <= now + 1) changes.push([key, thing]);
      else next = Math.min(next, time);
    }
    for (const [key] of changes) {
      due.delete(key);
      const streak = streaks.get(key);
      streaks.set(key, {
        count: streak !== undefined && now - streak.last < AT_REST_MS ? streak.count + 1 : 1,
        last: now,
      });
    }
    if (streaks.size > 1000 + 2 * changes.length) forgetRested(now);
    if (next !== Number.POSITIVE_INFINITY) wakeAt(next, now);
    if (changes.length > 0) report(changes.sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  const forgetRested = (now: number): void => {
    for (const [key, { last }] of streaks) if (now - last > AT_REST_MS) streaks.delete(key);
  };

  return {
    add(key, thing) {
      if (stopped || due.has(key)) return;
      const now = performance.now();
      const streak = streaks.get(key);
      const busy = streak !== undefined && streak.count >= PATIENCE && now - streak.last < AT_REST_MS;
      const time = now + (busy ? LONGEST_WAIT_MS : GATHER_MS);
      due.set(key, { time, thing });
      wakeAt(time, now);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      due.clear();
    },
  };
}
