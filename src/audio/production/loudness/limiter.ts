import type { Piece } from '../resampling.ts';
import { peaksAbove, REACH } from './true-peak.ts';

/** Samples over which the gain falls before a peak (5 ms at 44.1 kHz); a faster fall would be heard as a click. */
const ATTACK = 220;
/** Share of the way back that is gone with each sample (a time constant of 80 ms). */
export const RELEASE = 1 / (0.08 * 44_100);
/** Samples on both sides of a peak that get its full reduction: its wave is made of them too. */
const HOLD = REACH;
/** Samples that must be known behind one before it can go out. */
const LATENCY = ATTACK + HOLD + REACH;
/** A reduction too small to matter. */
const NONE = 1 - 1e-6;

/**
 * Amplifies a sound and keeps its true peak at a ceiling: where it would go over, all channels are turned down together,
 * by a gain that begins to fall 5 ms before the peak and rises again behind it. Elsewhere it only amplifies.
 */
export class Limiter {
  readonly #gain: number;
  readonly #ceiling: number;
  // Amplified samples. Those from `REACH` on have not gone out; before them stand the last that have.
  readonly #work: Float32Array[];
  /** For each of them, the gain that the peaks ahead of it allow. */
  #allowed = new Float32Array();
  #length = REACH;
  #scanned = REACH;
  readonly #output: Float32Array[];
  #follower = new GainFollower();

  /** `gain` and `ceiling` are factors; 1 is full scale. A ceiling of `Infinity` limits nothing. */
  constructor(channels: number, gain: number, ceiling: number) {
    this.#gain = gain;
    this.#ceiling = ceiling;
    this.#work = Array.from({ length: channels }, () => new Float32Array());
    this.#output = Array.from({ length: channels }, () => new Float32Array());
  }

  /** Takes a piece and returns the samples that are ready; `finish` returns the rest, so that the length stays the same. */
  process({ planes, count }: Piece): Piece {
    this.#append(count, (channel, samples, from) => {
      const plane = planes[channel];
      if (plane) for (let at = 0; at < count; at++) samples[from + at] = (plane[at] ?? 0) * this.#gain;
    });
    return this.#emit(this.#length - LATENCY);
  }

  /** Gives what is still held. */
  finish(): Piece {
    const end = this.#length;
    this.#append(REACH, (_, samples, from) => samples.fill(0, from, from + REACH));
    return this.#emit(end);
  }

  #append(count: number, write: (channel: number, samples: Float32Array, from: number) => void): void {
    const from = this.#length;
    this.#length += count;
    this.#makeRoom(this.#length);
    this.#allowed.fill(1, from, this.#length);
    for (const [channel, samples] of this.#work.entries()) write(channel, samples, from);
    if (this.#ceiling === Number.POSITIVE_INFINITY) return;
    const end = this.#length - REACH;
    for (const samples of this.#work) {
      peaksAbove(
        samples,
        this.#scanned,
        end,
        () => this.#ceiling,
        (at, magnitude) => this.#allow(at, this.#ceiling / magnitude),
      );
    }
    this.#scanned = Math.max(this.#scanned, end);
  }

  /** Marks all samples whose gain must have come down for a peak between `at` and `at + 1`. */
  #allow(at: number, gain: number): void {
    const end = Math.min(at + 1 + HOLD, this.#allowed.length);
    for (let near = Math.max(REACH, at - HOLD - ATTACK); near < end; near++) {
      if ((this.#allowed[near] ?? 1) > gain) this.#allowed[near] = gain;
    }
  }

  #emit(end: number): Piece {
    const count = Math.max(0, end - REACH);
    const gains = this.#follower.follow(this.#allowed, REACH, count);
    for (const [channel, samples] of this.#work.entries()) {
      const output = this.#output[channel];
      if (!output) continue;
      if (gains) {
        for (let at = 0; at < count; at++) output[at] = (samples[REACH + at] ?? 0) * (gains[at] ?? 1);
      } else {
        output.set(samples.subarray(REACH, REACH + count));
      }
      samples.copyWithin(0, count, this.#length);
    }
    this.#allowed.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.#scanned -= count;
    return { planes: this.#output, count };
  }

  #makeRoom(length: number): void {
    if (this.#allowed.length >= length + HOLD) return;
    const longer = (samples: Float32Array) => {
      const made = new Float32Array(2 * length + HOLD);
      made.set(samples);
      return made;
    };
    this.#allowed = longer(this.#allowed);
    for (const [channel, samples] of this.#work.entries()) this.#work[channel] = longer(samples);
    for (const channel of this.#output.keys()) this.#output[channel] = new Float32Array(2 * length + HOLD);
  }
}

/** Makes the steps of the allowed gain into ramps: down over `ATTACK` samples (their mean), up with `RELEASE`. */
class GainFollower {
  /** The last gains before they are smoothed, and their sum. */
  readonly #recent = new Float64Array(ATTACK);
  #sum = 0;
  #at = 0;
  #held: number | undefined;
  /** For how many samples the gain has been one. */
  #quiet = ATTACK;
  #gains = new Float32Array();

  /** The gains of `count` samples from `start` on; `undefined` when they are all one. */
  follow(allowed: Float32Array, start: number, count: number): Float32Array | undefined {
    if (count === 0) return undefined;
    if (this.#quiet >= ATTACK && isOne(allowed, start, start + count)) {
      this.#held = 1;
      return undefined;
    }
    if (this.#gains.length < count) this.#gains = new Float32Array(2 * count);
    // A sound that begins with a peak has no room for a ramp before it.
    let held = this.#held ?? allowed[start] ?? 1;
    if (this.#quiet >= ATTACK) this.#fill(held);
    for (let index = 0; index < count; index++) {
      const limit = allowed[start + index] ?? 1;
      held = limit < held ? limit : held + (limit - held) * RELEASE;
      if (held > NONE) held = 1;
      this.#quiet = held === 1 ? this.#quiet + 1 : 0;
      this.#sum += held - (this.#recent[this.#at] ?? 1);
      this.#recent[this.#at] = held;
      this.#at = (this.#at + 1) % ATTACK;
      this.#gains[index] = this.#sum / ATTACK;
    }
    this.#held = held;
    return this.#gains;
  }

  #fill(gain: number): void {
    this.#recent.fill(gain);
    this.#sum = ATTACK * gain;
  }
}

function isOne(values: Float32Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (values[at] !== 1) return false;
  return true;
}
