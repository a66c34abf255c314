import type { OpenSound } from '../decoding.ts';
import type { ProductionOrder } from '../production.ts';
import { type Piece, RATE } from '../resampling.ts';
import { ChannelComparison, MEAN, type Mix, Mixer } from './channels.ts';
import { Envelope, UNLIMITED } from './envelope.ts';
import { Excerpt } from './excerpt.ts';
import { LoudnessMeter } from './loudness-meter.ts';
import { TruePeakMeter } from './true-peak.ts';

/** Called after each run of samples: reports progress, and lets the process receive messages. */
export type Pace = (samples: number) => Promise<void> | undefined;

export type Levels = {
  /** Samples of each channel. */
  samples: number;
  /** LUFS; `undefined` for silence. */
  loudness: number | undefined;
  /** dBTP; `undefined` for digital silence. */
  truePeak: number | undefined;
};

/** Measures loudness and true peak of a sound that comes piece by piece. */
export class LevelMeter {
  readonly #loudness = new LoudnessMeter(RATE);
  readonly #peak: TruePeakMeter;
  #samples = 0;

  constructor(channels: number) {
    this.#peak = new TruePeakMeter(channels);
  }

  add({ planes, count }: Piece): void {
    this.#loudness.add(planes, count);
    this.#peak.add(planes, count);
    this.#samples += count;
  }

  /** Of all that came, which ends it. */
  levels(): Levels {
    this.#peak.end();
    return {
      samples: this.#samples,
      loudness: this.#loudness.integrated(),
      truePeak: this.#peak.decibels(),
    };
  }
}

/** What is known of a source before it is encoded. */
export type Measured = {
  /** As it came. */
  before: Levels;
  channels: 1 | 2;
  /** Of what is to be encoded: mixed, where `mix` says so. */
  envelope: Envelope;
  /** By how much (LU) that is louder than the envelope says. */
  louder: number;
  truePeak: number | undefined;
  mix: Mix | undefined;
  excerpt: Excerpt;
};

/** Goes through a source once. `voice` as the order has it; `expected` samples, where they are known. */
export async function measureSource(
  sound: OpenSound,
  voice: ProductionOrder['voice'],
  expected: number | undefined,
  pace: Pace,
): Promise<Measured> {
  const isStereo = sound.channels === 2;
  const mixer = isStereo && voice === 'mono' ? new Mixer(MEAN) : undefined;
  const comparison = isStereo && voice === 'auto' ? new ChannelComparison() : undefined;
  const asItCame = mixer ? new LoudnessMeter(RATE) : undefined;
  const peak = new TruePeakMeter(sound.channels);
  const envelope = new Envelope();
  const excerpt = new Excerpt(sound.channels, expected);
  let samples = 0;
  for (const piece of sound.pieces()) {
    asItCame?.add(piece.planes, piece.count);
    peak.add(piece.planes, piece.count);
    comparison?.add(piece);
    envelope.add(mixer ? mixer.mixed(piece) : piece);
    excerpt.add(piece);
    samples += piece.count;
    await pace(piece.count);
  }
  const mix = mixer ? MEAN : comparison?.mix();
  peak.end();
  const truePeak = peak.decibels();
  const loudness = asItCame ? asItCame.integrated() : envelope.loudness(UNLIMITED);
  return {
    before: { samples, loudness, truePeak },
    channels: sound.channels,
    envelope,
    // Two channels that are the same have twice the energy of the one that is made of them.
    louder: comparison && mix === MEAN ? -10 * Math.log10(2) : 0,
    truePeak,
    mix,
    excerpt,
  };
}
