import { type Piece, RATE } from '../resampling.ts';

/** Passages that an excerpt is made of, spread evenly. */
const PASSAGES = 12;
/** How long each may be (samples), and the part of the sound that they are together in between. */
const SHORTEST = RATE;
const LONGEST = 4 * RATE;
const PART = 1 / 20;
/** The distance between passages when the length is not known (samples). */
const BETWEEN = 30 * RATE;

/**
 * Keeps passages of a sound that comes piece by piece, to try on them what will be done to all of it: a twentieth, at
 * least 12 s or the whole, at most 48 s. Joined end to end, they are treated as one sound.
 */
export class Excerpt {
  readonly #planes: Float32Array[];
  readonly #passage: number;
  readonly #every: number;
  #length = 0;
  #seen = 0;

  /** `samples`: how many are expected, if known. */
  constructor(channels: number, samples = PASSAGES * BETWEEN) {
    this.#passage = Math.round(Math.max(SHORTEST, Math.min(LONGEST, (samples * PART) / PASSAGES)));
    this.#every = Math.max(this.#passage, Math.floor(samples / PASSAGES));
    this.#planes = Array.from({ length: channels }, () => new Float32Array(PASSAGES * this.#passage));
  }

  add({ planes, count }: Piece): void {
    for (let at = 0; at < count && this.#length < PASSAGES * this.#passage; ) {
      const inCycle = this.#seen % this.#every;
      const isTaken = inCycle < this.#passage;
      const step = Math.min(count - at, (isTaken ? this.#passage : this.#every) - inCycle);
      if (isTaken) this.#take(planes, at, step);
      this.#seen += step;
      at += step;
    }
  }

  /** All of it, in pieces. */
  *pieces(): Generator<Piece> {
    for (let at = 0; at < this.#length; at += RATE) {
      const end = Math.min(this.#length, at + RATE);
      yield { planes: this.#planes.map((plane) => plane.subarray(at, end)), count: end - at };
    }
  }

  #take(planes: Float32Array[], at: number, wanted: number): void {
    const count = Math.min(wanted, PASSAGES * this.#passage - this.#length);
    for (const [channel, kept] of this.#planes.entries()) {
      const plane = planes[channel];
      if (plane) kept.set(plane.subarray(at, at + count), this.#length);
    }
    this.#length += count;
  }
}
