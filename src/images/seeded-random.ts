import { createHash } from 'node:crypto';

/** Numbers that look like chance and are the same for the same seed on every machine. */
export type SeededRandom = {
  /** From `low` up to, not including, `high`. */
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  /** One of them. `undefined` only for an empty list. */
  oneOf<T>(things: readonly T[]): T | undefined;
};

/** Returns the chance that belongs to a seed (xorshift32, begun with the seed's SHA-256). */
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
