import { Envelope, UNLIMITED } from './loudness/envelope.ts';
import type { Levels } from './loudness/measure-levels.ts';
import { TruePeakMeter } from './loudness/true-peak.ts';
import { Mp3Decoder } from './mp3/mp3-decoder.ts';
import { addLoudPlace, DELAY, type LoudPlaces } from './mp3/reduce-peaks.ts';
import type { Piece } from './resampling.ts';

/** The check of a result: levels without the places that are too loud, those places, and sample peaks evenly in time. */
export type Checked = { levels: Levels; places: LoudPlaces; peaks: Float32Array };

/** Which result is checked: its length (samples), and the magnitude above which a place is too loud. */
export type Checking = { channels: 1 | 2; samples: number; limit: number };

/** Listens to a result, frame by frame, as a player that leaves out the encoder's delay and padding. */
export class ResultCheck {
  readonly #decoder: Mp3Decoder;
  readonly #envelope = new Envelope();
  readonly #peak: TruePeakMeter;
  readonly #places: LoudPlaces = new Map();
  readonly #samples: number;
  #toSkip = DELAY;
  #heard = 0;

  constructor({ channels, samples, limit }: Checking) {
    this.#decoder = new Mp3Decoder(channels);
    this.#samples = samples;
    this.#peak = new TruePeakMeter(channels, limit, (sample, magnitude) =>
      addLoudPlace(this.#places, sample, magnitude),
    );
  }

  add(frame: Buffer): void {
    for (const piece of this.#decoder.pieces(frame)) this.#hear(piece);
  }

  /** Ends it. `levels.samples` are those that were heard. */
  finish(): Checked {
    this.#decoder.close();
    this.#peak.end();
    const levels = {
      samples: this.#heard,
      loudness: this.#envelope.loudness(UNLIMITED),
      truePeak: this.#peak.decibels(),
    };
    return { levels, places: this.#places, peaks: this.#envelope.peaks() };
  }

  #hear({ planes, count }: Piece): void {
    const skipped = Math.min(count, this.#toSkip);
    this.#toSkip -= skipped;
    const heard = Math.min(count - skipped, this.#samples - this.#heard);
    if (heard <= 0) return;
    const piece = { planes: planes.map((plane) => plane.subarray(skipped)), count: heard };
    this.#envelope.add(piece);
    this.#peak.add(piece.planes, heard);
    this.#heard += heard;
  }
}
