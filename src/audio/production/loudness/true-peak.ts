// ITU-R BS.1770-5 annex 2: four times as many samples. The filter is longer than the annex's example (24 coefficients a
// phase where that has 12), which under-reads high tones.
const PHASES = 4;
/** Samples on each side of an interval that its interpolation looks at. */
export const REACH = 12;
const TAPS = 2 * REACH;
const KAISER_BETA = 6;

/** How many samples are checked together for whether a closer look is needed. */
const BLOCK = 64;

const FILTERS = Array.from({ length: PHASES - 1 }, (_, index) => interpolator((index + 1) / PHASES));

/** By how much a peak between samples can be above all samples around it. */
const MOST_RISE = Math.max(...FILTERS.map((filter) => filter.reduce((sum, tap) => sum + Math.abs(tap), 0)));

// An interval both of whose ends are lower than this part of what is looked for is passed over: a tone that rises so
// far between two samples is above 16 kHz.
const LEAST_END = 0.4;

/** A windowed sinc that gives the value at `offset` (0 to 1) between samples `REACH - 1` and `REACH` of those it is given. */
function interpolator(offset: number): Float64Array {
  const taps = Float64Array.from({ length: TAPS }, (_, tap) => {
    const distance = tap - (REACH - 1) - offset;
    const window = bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - (distance / REACH) ** 2)));
    return ((Math.sin(Math.PI * distance) / (Math.PI * distance)) * window) / bessel(KAISER_BETA);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** The modified Bessel function of the first kind and order 0. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 30; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const [QUARTER = new Float64Array(), HALF = new Float64Array(), THREE_QUARTERS = new Float64Array()] =
  FILTERS;

/**
 * Returns the greatest magnitude of the wave between samples `at` and `at + 1`, the ends left out. Looks at `REACH - 1`
 * samples before `at` and at `REACH` behind it.
 */
function peakBetween(samples: Float32Array, at: number): number {
  const first = at - REACH + 1;
  let quarter = 0;
  let half = 0;
  let threeQuarters = 0;
  for (let tap = 0; tap < TAPS; tap++) {
    const sample = samples[first + tap] ?? 0;
    quarter += sample * (QUARTER[tap] ?? 0);
    half += sample * (HALF[tap] ?? 0);
    threeQuarters += sample * (THREE_QUARTERS[tap] ?? 0);
  }
  return Math.max(Math.abs(quarter), Math.abs(half), Math.abs(threeQuarters));
}

/** Returns the greatest magnitude among samples `start` to `end` (exclusive). */
export function samplePeak(samples: Float32Array, start: number, end: number): number {
  let peak = 0;
  for (let at = start; at < end; at++) {
    const magnitude = Math.abs(samples[at] ?? 0);
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}

/**
 * Calls `over` for each interval between `at` and `at + 1`, from `start` to `end` (exclusive), whose wave goes above
 * `level()`, with the magnitude it reaches, the ends counted in. Looks `REACH` samples further on both sides.
 */
export function peaksAbove(
  samples: Float32Array,
  start: number,
  end: number,
  level: () => number,
  over: (at: number, magnitude: number) => void,
): void {
  for (let block = start; block < end; block += BLOCK) {
    const blockEnd = Math.min(end, block + BLOCK);
    if (samplePeak(samples, block - REACH, blockEnd + REACH) * MOST_RISE <= level()) continue;
    for (let at = block; at < blockEnd; at++) {
      const ends = Math.max(Math.abs(samples[at] ?? 0), Math.abs(samples[at + 1] ?? 0));
      if (ends < LEAST_END * level()) continue;
      const magnitude = Math.max(ends, peakBetween(samples, at));
      if (magnitude > level()) over(at, magnitude);
    }
  }
}

/** Told of each place where a sound goes over a limit: the sample before it, counted from the first, its magnitude. */
export type Over = (sample: number, magnitude: number) => void;

/** Measures the true peak of a sound that comes piece by piece. */
export class TruePeakMeter {
  /** The greatest magnitude so far that is not over the limit; 1 is full scale. */
  peak = 0;
  readonly #limit: number;
  readonly #over: Over;
  /** The last samples, which are looked at with what follows them. */
  readonly #tails: Float32Array[];
  #work = new Float32Array();
  #seen = 0;
  /** Samples to skip at the start of a passage: what was before it is missing, and a jump would look like a peak. */
  #unknown = 0;

  constructor(channels: number, limit = Number.POSITIVE_INFINITY, over: Over = () => {}) {
    this.#tails = Array.from({ length: channels }, () => new Float32Array(2 * REACH));
    this.#limit = limit;
    this.#over = over;
  }

  /** Takes `count` samples of each channel. */
  add(planes: Float32Array[], count: number): void {
    const length = 2 * REACH + count;
    if (this.#work.length < length) this.#work = new Float32Array(length);
    const work = this.#work;
    const level = () => this.peak;
    const take = (at: number, magnitude: number) => {
      if (magnitude > this.#limit) this.#over(this.#seen - 2 * REACH + at, magnitude);
      else this.peak = magnitude;
    };
    for (const [channel, tail] of this.#tails.entries()) {
      const plane = planes[channel];
      if (!plane) continue;
      work.set(tail);
      work.set(plane.subarray(0, count), tail.length);
      peaksAbove(work, REACH + this.#unknown, length - REACH, level, take);
      tail.set(work.subarray(count, length));
    }
    this.#seen += count;
    this.#unknown = Math.max(0, this.#unknown - count);
  }

  /** Begins a new passage. Its first and last samples are left out. */
  startPassage(): void {
    this.#unknown = 2 * REACH;
  }

  /** Ends a sound, behind which there is silence. */
  end(): void {
    const silence = new Float32Array(REACH);
    this.add(
      this.#tails.map(() => silence),
      REACH,
    );
  }

  /** Returns the true peak of everything below the limit (dBTP); `undefined` for digital silence. */
  decibels(): number | undefined {
    return this.peak === 0 ? undefined : 20 * Math.log10(this.peak);
  }
}
