import { createHash } from 'node:crypto';

/** Pseudo-random numbers, the same for the same seed on every machine. */
export type SeededRandom = {
  /** Returns a number from `low` to `high` (exclusive). */
  between(low: number, high: number): number;
  /** Returns a whole number between two, both included. */
  whole(low: number, high: number): number;
  /** Returns one element; `undefined` only for an empty list. */
  oneOf<T>(things: readonly T[]): T | undefined;
};

/** Returns the numbers of a seed (xorshift32, initialized with the seed's SHA-256). */
export function seededRandom(seed: string): SeededRandom {
  let state = createHash('sha256').update(seed).digest().readUInt32LE() || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + next() * (high - low);
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
  return { between, whole, oneOf: (things) => things[whole(0, things.length - 1)] };
}
