import { type Piece, RATE } from './resampling.ts';

/** Passages that an excerpt is made of, spread evenly. */
const PASSAGES = 12;
const PASSAGE = 4 * RATE;
/** Where the length is not known: a passage begins every so often. */
const BETWEEN = 30 * RATE;

/**
 * Keeps passages of a sound that comes piece by piece, to try on them what will be done to all of it: 48 s, or the
 * whole where it is shorter. Joined end to end, they are treated as one sound.
 */
export class Excerpt {
  readonly #planes: Float32Array[];
  readonly #every: number;
  #length = 0;
  #seen = 0;

  /** `samples`: how many are expected, if known. */
  constructor(channels: number, samples: number | undefined) {
    this.#every = samples === undefined ? BETWEEN : Math.max(PASSAGE, Math.floor(samples / PASSAGES));
    this.#planes = Array.from({ length: channels }, () => new Float32Array(PASSAGES * PASSAGE));
  }

  add({ planes, count }: Piece): void {
    for (let at = 0; at < count && this.#length < PASSAGES * PASSAGE; ) {
      const inCycle = this.#seen % this.#every;
      const isTaken = inCycle < PASSAGE;
      const step = Math.min(count - at, (isTaken ? PASSAGE : this.#every) - inCycle);
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
    const count = Math.min(wanted, PASSAGES * PASSAGE - this.#length);
    for (const [channel, kept] of this.#planes.entries()) {
      const plane = planes[channel];
      if (plane) kept.set(plane.subarray(at, at + count), this.#length);
    }
    this.#length += count;
  }
}
