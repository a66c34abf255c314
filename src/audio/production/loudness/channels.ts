import { type Piece, RATE } from '../resampling.ts';

/** How two channels become one: each sample is the sum of both times `weight`. */
export type Mix = { weight: number };

/** The mean of both, for channels that carry their own. */
export const MEAN: Mix = { weight: 0.5 };
/** The sum, where one of them carries nothing. */
const SUM: Mix = { weight: 1 };

/** A tenth of a second. */
const HOP = RATE / 10;
/** Mean square below which a hop has nothing to compare (-60 dBFS). */
const NOTHING = 1e-6;
/** Energy of the difference, as a part of the sum's, from which a hop counts as stereo (-30 dB). */
const MOST_DIFFERENCE = 1e-3;

/**
 * Tells whether two channels carry the same, in which case one says it all: in no tenth of a second does their
 * difference come within 30 dB of their sum. So a programme in mono with ten seconds of stereo music stays stereo. One
 * with sound on one side only counts as mono too.
 */
export class ChannelComparison {
  #left = 0;
  #right = 0;
  #difference = 0;
  #inHop = 0;
  #areSame = true;
  #hasLeft = false;
  #hasRight = false;

  add({ planes, count }: Piece): void {
    const [left, right] = planes;
    if (!left || !right) return;
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + HOP - this.#inHop);
      this.#inHop += end - at;
      for (; at < end; at++) {
        const l = left[at] ?? 0;
        const r = right[at] ?? 0;
        this.#left += l * l;
        this.#right += r * r;
        this.#difference += (l - r) * (l - r);
      }
      if (this.#inHop === HOP) this.#endHop();
    }
  }

  /** Returns how they are mixed into one channel without loss; `undefined` when that is not possible. */
  mix(): Mix | undefined {
    this.#endHop();
    if (this.#hasLeft !== this.#hasRight) return SUM;
    return this.#hasLeft && this.#areSame ? MEAN : undefined;
  }

  #endHop(): void {
    const both = 2 * (this.#left + this.#right);
    const sum = both - this.#difference;
    if (both / 4 > NOTHING * HOP && this.#difference > MOST_DIFFERENCE * sum) this.#areSame = false;
    this.#hasLeft ||= this.#left > NOTHING * HOP;
    this.#hasRight ||= this.#right > NOTHING * HOP;
    this.#left = 0;
    this.#right = 0;
    this.#difference = 0;
    this.#inHop = 0;
  }
}

/** Gives pieces of two channels as pieces of one. */
export class Mixer {
  readonly #mix: Mix;
  #plane = new Float32Array();

  constructor(mix: Mix) {
    this.#mix = mix;
  }

  /** The piece is valid until the next is asked for. */
  mixed({ planes, count }: Piece): Piece {
    const [left, right] = planes;
    if (this.#plane.length < count) this.#plane = new Float32Array(2 * count);
    const { weight } = this.#mix;
    if (left && right)
      for (let at = 0; at < count; at++) this.#plane[at] = ((left[at] ?? 0) + (right[at] ?? 0)) * weight;
    return { planes: [this.#plane], count };
  }
}
