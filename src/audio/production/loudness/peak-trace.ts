import { type Piece, RATE } from '../resampling.ts';
import { samplePeak } from './true-peak.ts';

/** Samples of a block: 10 ms. */
export const BLOCK = RATE / 100;

/** The peak of every 10 ms of a sound that goes by: what a waveform needs. An `Envelope` keeps half as much again. */
export class PeakTrace {
  #peaks = new Float32Array(8192);
  #length = 0;
  #inBlock = 0;
  #peak = 0;

  add({ planes, count }: Piece): void {
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + BLOCK - this.#inBlock);
      this.measure(planes, at, end);
      for (const plane of planes) this.#peak = Math.max(this.#peak, samplePeak(plane, at, end));
      this.#inBlock += end - at;
      at = end;
      if (this.#inBlock === BLOCK) this.#endBlock();
    }
  }

  /** The sample peak of each block; the last may be of less than 10 ms. */
  peaks(): Float32Array {
    if (this.#inBlock > 0) this.#endBlock();
    return this.wholeBlocks;
  }

  /** The peaks of the blocks that have ended. */
  protected get wholeBlocks(): Float32Array {
    return this.#peaks.subarray(0, this.#length);
  }

  /** Called with each run of samples of a block, for whatever else is kept of it. */
  protected measure(_planes: Piece['planes'], _from: number, _to: number): void {}

  /** Called when a block has ended, with its number from 0. */
  protected keep(_block: number): void {}

  #endBlock(): void {
    if (this.#length === this.#peaks.length) this.#peaks = doubled(this.#peaks);
    this.#peaks[this.#length] = this.#peak;
    this.keep(this.#length);
    this.#length++;
    this.#inBlock = 0;
    this.#peak = 0;
  }
}

/** Returns an array of twice the length that begins with these values. */
export function doubled(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const longer = new Float32Array(2 * values.length);
  longer.set(values);
  return longer;
}
