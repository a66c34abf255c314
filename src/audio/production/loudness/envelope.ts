import { type Piece, RATE } from '../resampling.ts';
import { RELEASE } from './limiter.ts';
import { KWeighting, Programme } from './loudness-meter.ts';
import { samplePeak } from './true-peak.ts';

/** Samples of a block: 10 ms. */
const BLOCK = RATE / 100;
const BLOCKS_A_HOP = 10;

/** What is done to a sound, in dB: a gain, and then a limiter that keeps its peaks at `ceiling`, or none (`Infinity`). */
export type Levelling = { gain: number; ceiling: number };

export const UNLIMITED: Levelling = { gain: 0, ceiling: Number.POSITIVE_INFINITY };

/** Returns the factor for an amplitude. */
export const factorOf = (decibels: number): number => 10 ** (decibels / 20);

/**
 * What is kept of a sound that went by, for every 10 ms: its K-weighted energy and its peak (twelve hours are 35 MB). It
 * tells how loud all of it would be after a limiter, which else would have to run over all of it for each gain that is tried.
 */
export class Envelope {
  readonly #weighting = new KWeighting(RATE);
  #energies = new Float32Array(8192);
  #peaks = new Float32Array(8192);
  #length = 0;
  #inBlock = 0;
  #energy = 0;
  #peak = 0;

  add({ planes, count }: Piece): void {
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + BLOCK - this.#inBlock);
      this.#energy += this.#weighting.energy(planes, at, end);
      for (const plane of planes) this.#peak = Math.max(this.#peak, samplePeak(plane, at, end));
      this.#inBlock += end - at;
      at = end;
      if (this.#inBlock === BLOCK) this.#endBlock();
    }
  }

  /** The sample peak of each block; the last may be of less than 10 ms. */
  peaks(): Float32Array {
    if (this.#inBlock > 0) this.#endBlock();
    return this.#peaks.subarray(0, this.#length);
  }

  /** LUFS of all that came, levelled; `undefined` for silence. With a limiter it is an estimate, within 0.3 LU. */
  loudness(levelling: Levelling): number | undefined {
    const [gain, ceiling] = [factorOf(levelling.gain), factorOf(levelling.ceiling)];
    const recovery = 1 - (1 - RELEASE) ** BLOCK;
    const programme = new Programme();
    let held = 1;
    let hop = 0;
    for (let block = 0; block < this.#length; block++) {
      const peak = (this.#peaks[block] ?? 0) * gain;
      const allowed = peak > ceiling ? ceiling / peak : 1;
      const before = held;
      held = allowed < held ? allowed : held + (allowed - held) * recovery;
      // A peak stands in the middle of its block, on average: the gain falls up to there and then stays.
      const squared =
        held < before ? (((before + held) / 2) ** 2 + held ** 2) / 2 : ((before + held) / 2) ** 2;
      hop += (this.#energies[block] ?? 0) * squared;
      if (block % BLOCKS_A_HOP !== BLOCKS_A_HOP - 1) continue;
      programme.add((hop * gain ** 2) / (BLOCK * BLOCKS_A_HOP));
      hop = 0;
    }
    if (programme.blocks.length === 0) programme.add((hop * gain ** 2) / (BLOCK * BLOCKS_A_HOP));
    return programme.loudness();
  }

  #endBlock(): void {
    if (this.#length === this.#peaks.length) {
      this.#energies = doubled(this.#energies);
      this.#peaks = doubled(this.#peaks);
    }
    this.#energies[this.#length] = this.#energy;
    this.#peaks[this.#length] = this.#peak;
    this.#length++;
    this.#inBlock = 0;
    this.#energy = 0;
    this.#peak = 0;
  }
}

function doubled(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const longer = new Float32Array(2 * values.length);
  longer.set(values);
  return longer;
}
