import { type Piece, RATE } from '../resampling.ts';
import { RELEASE } from './limiter.ts';
import { KWeighting, Programme } from './loudness-meter.ts';
import { BLOCK, doubled, PeakTrace } from './peak-trace.ts';

const BLOCKS_A_HOP = 10;

/** A gain, and then a limiter that keeps peaks at `ceiling`, or none (`Infinity`); in dB. */
export type Levelling = { gain: number; ceiling: number };

export const UNLIMITED: Levelling = { gain: 0, ceiling: Number.POSITIVE_INFINITY };

/** Returns the factor for an amplitude. */
export const amplitudeFactor = (decibels: number): number => 10 ** (decibels / 20);

/**
 * The K-weighted energy and the peak of every 10 ms of a sound (twelve hours are 35 MB). From it the loudness after a limiter
 * is estimated, without running the limiter over the whole sound for each gain that is tried.
 */
export class Envelope extends PeakTrace {
  readonly #weighting = new KWeighting(RATE);
  #energies = new Float32Array(8192);
  #energy = 0;

  /** LUFS of all that came, levelled; `undefined` for silence. With a limiter it is an estimate, within 0.3 LU. */
  loudness(levelling: Levelling): number | undefined {
    const [gain, ceiling] = [amplitudeFactor(levelling.gain), amplitudeFactor(levelling.ceiling)];
    const recovery = 1 - (1 - RELEASE) ** BLOCK;
    const programme = new Programme();
    let held = 1;
    let hop = 0;
    const peaks = this.wholeBlocks;
    for (let block = 0; block < peaks.length; block++) {
      const peak = (peaks[block] ?? 0) * gain;
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

  protected override measure(planes: Piece['planes'], from: number, to: number): void {
    this.#energy += this.#weighting.energy(planes, from, to);
  }

  protected override keep(block: number): void {
    if (block === this.#energies.length) this.#energies = doubled(this.#energies);
    this.#energies[block] = this.#energy;
    this.#energy = 0;
  }
}
