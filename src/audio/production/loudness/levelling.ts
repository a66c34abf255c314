import { Mp3Decoder } from '../mp3/mp3-decoder.ts';
import { Mp3Encoder } from '../mp3/mp3-encoder.ts';
import type { HouseRules } from '../production.ts';
import type { Piece } from '../resampling.ts';
import { amplitudeFactor, Envelope, type Levelling } from './envelope.ts';
import { Limiter } from './limiter.ts';
import { LevelMeter } from './measure-levels.ts';
import { TruePeakMeter } from './true-peak.ts';

/** What LAME makes of loudness (LU): it turns everything down by a twentieth. */
const USUAL_LOSS = -0.45;
/** Room (dB) for peaks that coding raises by more than it did in the excerpt. */
const PEAK_ROOM = 0.25;
/** A ceiling is not lowered by more than this (dB): single peaks are cheaper to turn down afterwards. */
const MOST_LOWERED = 2;
/** A sound that wants more (dB) is a few clicks in silence; it stays quieter than the house. */
const MOST_GAIN = 60;
/** How near (LU) the gain is sought in the envelope. */
const PRECISION = 0.01;
const MOST_STEPS = 15;
/** The least gain in loudness per dB that is assumed: the harder a limiter works, the less a sound gains. */
const LEAST_SLOPE = 0.3;
/** Trials at most, and when one is good enough: so near in loudness (LU), and its ceiling so near the next (dB). */
const TRIALS = 3;
const NEAR = 0.1;
const NEAR_CEILING = 0.3;

/** What a levelling is chosen from; `louder` and `truePeak` as in `Measured`. */
export type Known = { envelope: Envelope; louder: number; truePeak: number | undefined };

/**
 * Where a levelling aims: at what loudness by the envelope (LUFS), with peaks at which ceiling (dBTP). The envelope's
 * limiter is a model, and coding changes the rest, so that the aim is not where the result comes down.
 */
export type Aim = { loudness: number; ceiling: number };

/** The outcome of an aim: loudness in LUFS, and by how many dB coding raised the peaks. */
export type Outcome = { loudness: number; raised: number };

/** Corrects an aim by its outcome, and learns how much the loudness follows the aim. */
export class Aiming {
  aim: Aim;
  readonly #rules: HouseRules;
  #last: { aim: Aim; loudness: number } | undefined;

  constructor(rules: HouseRules) {
    this.#rules = rules;
    this.aim = { loudness: rules.loudness - USUAL_LOSS, ceiling: rules.truePeak - PEAK_ROOM };
  }

  /** Returns whether the outcome was near enough that the next can be trusted. */
  correct({ loudness, raised }: Outcome): boolean {
    const missing = this.#rules.loudness - loudness;
    const lowered = Math.max(0, Math.min(MOST_LOWERED, raised));
    const ceiling = Math.min(this.aim.ceiling, this.#rules.truePeak - PEAK_ROOM - lowered);
    const isNear = Math.abs(missing) <= NEAR && Math.abs(ceiling - this.aim.ceiling) <= NEAR_CEILING;
    const next = { loudness: this.aim.loudness + missing / this.#slope(loudness), ceiling };
    this.#last = { aim: this.aim, loudness };
    this.aim = next;
    return isNear;
  }

  #slope(loudness: number): number {
    return this.#last
      ? slope(loudness - this.#last.loudness, this.aim.loudness - this.#last.aim.loudness)
      : 1;
  }
}

/**
 * Returns the levelling that meets an aim: by gain alone where the peaks then stay below the ceiling, else with a limiter,
 * whose toll on loudness is made up for.
 */
export function levellingFor(
  { envelope, louder, truePeak = Number.NEGATIVE_INFINITY }: Known,
  aim: Aim,
): Levelling {
  const loudnessWith = (levelling: Levelling) => envelope.loudness(levelling) ?? aim.loudness - louder;
  let levelling: Levelling = { gain: 0, ceiling: Number.POSITIVE_INFINITY };
  let loudness = loudnessWith(levelling);
  let follows = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    const missing = aim.loudness - louder - loudness;
    const gain = Math.min(MOST_GAIN, levelling.gain + missing / follows);
    if (Math.abs(missing) < PRECISION || gain === levelling.gain) break;
    const next = { gain, ceiling: truePeak + gain > aim.ceiling ? aim.ceiling : Number.POSITIVE_INFINITY };
    const reached = loudnessWith(next);
    follows = slope(reached - loudness, gain - levelling.gain);
    levelling = next;
    loudness = reached;
  }
  return levelling;
}

const slope = (rise: number, run: number): number =>
  Number.isFinite(rise / run) ? Math.max(LEAST_SLOPE, Math.min(1, rise / run)) : 1;

/** Aims by trials on an excerpt; its pieces are gone through twice each time. `bitrate` in kbit/s. */
export function aimByTrials(
  known: Known,
  excerpt: () => Iterable<Piece>,
  { channels, bitrate, rules }: { channels: 1 | 2; bitrate: number; rules: HouseRules },
): Aiming {
  const aiming = new Aiming(rules);
  for (let trial = 0; trial < TRIALS; trial++) {
    const outcome = tryCoding(excerpt, channels, levellingFor(known, aiming.aim), bitrate);
    if (!outcome) break;
    const isNear = aiming.correct({ ...outcome, loudness: aiming.aim.loudness + outcome.change });
    if (isNear) break;
  }
  return aiming;
}

/** Gives a sound at another level, in pieces. */
export function* levelled(
  pieces: Iterable<Piece>,
  channels: 1 | 2,
  { gain, ceiling }: Levelling,
): Generator<Piece> {
  const limiter = new Limiter(channels, amplitudeFactor(gain), amplitudeFactor(ceiling));
  for (const piece of pieces) yield limiter.process(piece);
  yield limiter.finish();
}

/**
 * Levels and codes an excerpt. Returns by how much (LU) it comes out louder than its envelope foretells, and by how many dB
 * coding raised its peaks; `undefined` for silence.
 */
function tryCoding(
  pieces: () => Iterable<Piece>,
  channels: 1 | 2,
  levelling: Levelling,
  bitrate: number,
): { change: number; raised: number } | undefined {
  const envelope = new Envelope();
  for (const piece of pieces()) envelope.add(piece);
  const peak = new TruePeakMeter(channels);
  const coded = new LevelMeter(channels);
  const decoder = new Mp3Decoder(channels);
  const encoder = new Mp3Encoder(channels, bitrate, (_, bytes) => {
    for (const piece of decoder.pieces(bytes)) coded.add(piece);
  });
  try {
    for (const piece of levelled(pieces(), channels, levelling)) {
      peak.add(piece.planes, piece.count);
      encoder.add(piece);
    }
    encoder.finish();
  } finally {
    encoder.close();
    decoder.close();
  }
  peak.end();
  const { loudness, truePeak } = coded.levels();
  const foretold = envelope.loudness(levelling);
  const before = peak.decibels();
  if (loudness === undefined || truePeak === undefined || foretold === undefined || before === undefined)
    return undefined;
  return { change: loudness - foretold, raised: truePeak - before };
}
