// ITU-R BS.1770-5 annex 1 gives the two stages of its K-weighting as coefficients for 48 kHz. These are the analogue
// filters behind them, so that other rates get the same curve by the bilinear transform.
const SHELF = { frequency: 1681.974450955533, gain: 3.999843853973347, q: 0.7071752369554196 };
const HIGH_PASS = { frequency: 38.13547087602444, q: 0.5003270373238773 };

const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;
/** A gating block is 400 ms long and begins every 100 ms. */
const HOPS_A_SECOND = 10;
const HOPS_A_BLOCK = 4;

/** Returns the loudness (LUFS) of a K-weighted mean square. */
const loudnessOf = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare);

const meanSquareOf = (loudness: number): number => 10 ** ((loudness + 0.691) / 10);

/**
 * Gathers the mean squares of tenths of a second (K-weighted, summed over the channels) into the loudness of a programme
 * (BS.1770-5 annex 1, equations 4 to 7).
 */
export class Programme {
  /** Mean squares of the gating blocks: 400 ms, one every 100 ms. */
  readonly blocks: number[] = [];
  readonly #hops: number[] = [];

  add(meanSquare: number): void {
    this.#hops.push(meanSquare);
    if (this.#hops.length < HOPS_A_BLOCK) return;
    this.blocks.push(this.#hops.reduce((sum, hop) => sum + hop, 0) / HOPS_A_BLOCK);
    this.#hops.shift();
  }

  /** Begins a new passage: no gating block covers samples of both. */
  startPassage(): void {
    this.#hops.length = 0;
  }

  /** LUFS; `undefined` for silence. A sound shorter than a block counts as followed by silence. */
  loudness(): number | undefined {
    const short = this.#hops.reduce((sum, hop) => sum + hop, 0) / HOPS_A_BLOCK;
    const blocks = this.blocks.length > 0 ? this.blocks : [short];
    const gate = relativeGate(blocks);
    return gate === undefined ? undefined : loudnessOf(meanAbove(blocks, gate) ?? 0);
  }
}

/** Returns the relative gate as a mean square: 10 LU below the mean of all blocks that are not silent. */
export function relativeGate(blocks: number[]): number | undefined {
  const silence = meanSquareOf(ABSOLUTE_GATE);
  const mean = meanAbove(blocks, silence);
  return mean === undefined ? undefined : Math.max(silence, mean * 10 ** (RELATIVE_GATE / 10));
}

function meanAbove(blocks: number[], gate: number): number | undefined {
  let sum = 0;
  let count = 0;
  for (const block of blocks) {
    if (block < gate) continue;
    sum += block;
    count++;
  }
  return count === 0 ? undefined : sum / count;
}

/** Measures the loudness of a sound of one or two channels that comes piece by piece. */
export class LoudnessMeter {
  readonly programme = new Programme();
  readonly #weighting: KWeighting;
  readonly #hopLength: number;
  #inHop = 0;
  #sum = 0;

  constructor(sampleRate: number) {
    this.#weighting = new KWeighting(sampleRate);
    this.#hopLength = Math.round(sampleRate / HOPS_A_SECOND);
  }

  /** Takes `count` samples of each channel. */
  add(planes: Float32Array[], count: number): void {
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + this.#hopLength - this.#inHop);
      this.#sum += this.#weighting.energy(planes, at, end);
      this.#inHop += end - at;
      at = end;
      if (this.#inHop === this.#hopLength) this.#endHop();
    }
  }

  startPassage(): void {
    this.programme.startPassage();
    this.#weighting.reset();
    this.#inHop = 0;
    this.#sum = 0;
  }

  /** Ends the measurement and returns LUFS; `undefined` for silence. */
  integrated(): number | undefined {
    if (this.programme.blocks.length === 0) this.#endHop();
    return this.programme.loudness();
  }

  #endHop(): void {
    this.programme.add(this.#sum / this.#hopLength);
    this.#inHop = 0;
    this.#sum = 0;
  }
}

/**
 * The two filters, in transposed direct form II, for two channels at once: each step waits for the one before, so that
 * a second channel costs next to nothing. They weigh the same, as left and right do.
 */
export class KWeighting {
  readonly #shelf: Biquad;
  readonly #highPass: Biquad;
  readonly #state = new Float64Array(8);

  constructor(sampleRate: number) {
    this.#shelf = highShelf(sampleRate);
    this.#highPass = highPass(sampleRate);
  }

  /** The sum of squares of the weighted samples `start` to `end` (exclusive), over both channels or the one. */
  energy(planes: Float32Array[], start: number, end: number): number {
    const [left, right = left] = planes;
    if (!left || !right) return 0;
    const { b0, b1, b2, a1, a2 } = this.#shelf;
    const { a1: c1, a2: c2 } = this.#highPass;
    const state = this.#state;
    let [ls1 = 0, ls2 = 0, lh1 = 0, lh2 = 0, rs1 = 0, rs2 = 0, rh1 = 0, rh2 = 0] = state;
    let leftSum = 0;
    let rightSum = 0;
    for (let at = start; at < end; at++) {
      const l = left[at] ?? 0;
      const r = right[at] ?? 0;
      const shelvedLeft = b0 * l + ls1;
      const shelvedRight = b0 * r + rs1;
      ls1 = b1 * l - a1 * shelvedLeft + ls2;
      rs1 = b1 * r - a1 * shelvedRight + rs2;
      ls2 = b2 * l - a2 * shelvedLeft;
      rs2 = b2 * r - a2 * shelvedRight;
      const weightedLeft = shelvedLeft + lh1;
      const weightedRight = shelvedRight + rh1;
      lh1 = lh2 - 2 * shelvedLeft - c1 * weightedLeft;
      rh1 = rh2 - 2 * shelvedRight - c1 * weightedRight;
      lh2 = shelvedLeft - c2 * weightedLeft;
      rh2 = shelvedRight - c2 * weightedRight;
      leftSum += weightedLeft * weightedLeft;
      rightSum += weightedRight * weightedRight;
    }
    state.set([ls1, ls2, lh1, lh2, rs1, rs2, rh1, rh2]);
    return left === right ? leftSum : leftSum + rightSum;
  }

  reset(): void {
    this.#state.fill(0);
  }
}

type Biquad = { b0: number; b1: number; b2: number; a1: number; a2: number };

function highShelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * SHELF.frequency) / sampleRate);
  const high = 10 ** (SHELF.gain / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / SHELF.q + k * k;
  return {
    b0: (high + (band * k) / SHELF.q + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (band * k) / SHELF.q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / SHELF.q + k * k) / a0,
  };
}

// Its numerator is 1, -2, 1 at every rate: the standard leaves this stage without a gain of its own.
function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * HIGH_PASS.frequency) / sampleRate);
  const a0 = 1 + k / HIGH_PASS.q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / HIGH_PASS.q + k * k) / a0 };
}
