import { type Piece, RATE } from '../resampling.ts';
import { samplePeak } from './true-peak.ts';

/** Samples of a block: 10 ms. */
const BLOCK = RATE / 100;

/** What a waveform needs of a sound that goes by, and no more: an `Envelope` takes half as long again. */
export class PeakTrace {
  #peaks = new Float32Array(8192);
  #length = 0;
  #inBlock = 0;
  #peak = 0;

  add({ planes, count }: Piece): void {
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + BLOCK - this.#inBlock);
      for (const plane of planes) this.#peak = Math.max(this.#peak, samplePeak(plane, at, end));
      this.#inBlock += end - at;
      at = end;
      if (this.#inBlock === BLOCK) this.#endBlock();
    }
  }

  /** The sample peak of each 10 ms; the last may be of less. */
  peaks(): Float32Array {
    if (this.#inBlock > 0) this.#endBlock();
    return this.#peaks.subarray(0, this.#length);
  }

  #endBlock(): void {
    if (this.#length === this.#peaks.length) {
      const longer = new Float32Array(2 * this.#length);
      longer.set(this.#peaks);
      this.#peaks = longer;
    }
    this.#peaks[this.#length] = this.#peak;
    this.#length++;
    this.#inBlock = 0;
    this.#peak = 0;
  }
}
