import { statSync, writeFileSync } from 'node:fs';
import { EmptyAudio } from '../failures.ts';
import { OpenSound, type SourceFile } from './decoding.ts';
import { CutAudio, ProductionFailed, SilentAudio } from './failures.ts';
import type { InspectedSource } from './inspect-source.ts';
import { type Mix, Mixer } from './loudness/channels.ts';
import { amplitudeFactor, type Levelling } from './loudness/envelope.ts';
import { type Aim, aimByTrials, levelled, levellingFor, type Outcome } from './loudness/levelling.ts';
import { type Levels, type Measured, measureSource } from './loudness/measure-levels.ts';
import { Mp3File } from './mp3/mp3-encoder.ts';
import { reducePeaks } from './mp3/reduce-peaks.ts';
import { partPath, renamePart } from './part-files.ts';
import { startCheck } from './process/checker.ts';
import type { HouseRules, Production, ProductionOrder } from './production.ts';
import { type Piece, RATE } from './resampling.ts';
import type { Checked } from './result-check.ts';
import { waveformFile } from './waveform-peaks.ts';
import type { Work } from './work.ts';

/** Encodings at most. A second one is rare. */
const ATTEMPTS = 3;
/** The share of the house's tolerance that is used, since other meters round differently. */
const CARE = 0.8;
/** The distance kept from the highest true peak (dB), since other meters interpolate differently. */
const PEAK_CARE = 0.1;
/** When more than one place in 2 s is too loud, the limiter's ceiling was too high. */
const BETWEEN_PLACES = 2 * RATE;

/** Makes an MP3 of a source at the house's level, and draws its waveform. */
export async function convert(
  order: ProductionOrder,
  looked: InspectedSource,
  work: Work,
): Promise<Production> {
  const { rules, target } = order;
  const measured = await measure(order, looked, work);
  const form = formOf(measured, rules);
  const excerpt = () => mixed(measured.excerpt.pieces(), measured.mix);
  const aiming = aimByTrials(measured, excerpt, { ...form, rules });
  for (let attempt = 1; ; attempt++) {
    const levelling = levellingFor(measured, aiming.aim);
    const checked = await encode(
      looked.file,
      measured,
      levelling,
      { path: partPath(target), ...form, rules },
      work,
    );
    if (isRight(checked, rules) || attempt === ATTEMPTS) {
      const result = settlePeaks(partPath(target), checked, rules);
      writeFileSync(partPath(order.peaks), waveformFile(checked.peaks));
      renamePart(order.peaks);
      renamePart(target);
      return describe(order, looked, measured, result, form.channels);
    }
    aiming.correct(outcomeOf(checked, aiming.aim, rules));
  }
}

async function measure(
  { voice }: ProductionOrder,
  { file, seconds }: InspectedSource,
  work: Work,
): Promise<Measured> {
  const sound = OpenSound.open(file);
  try {
    const told = sound.toldSeconds ?? seconds;
    const expected = told === undefined ? undefined : Math.round(told * RATE);
    const measured = await measureSource(sound, voice, expected, work.begin('measuring', expected));
    const { samples, loudness } = measured.before;
    if (samples === 0) throw new EmptyAudio('it holds no sound');
    if (isCut(sound)) throw new CutAudio(samples / RATE);
    if (loudness === undefined) throw new SilentAudio('nothing in it can be heard');
    return measured;
  } finally {
    sound.close();
  }
}

// Broken frames in the middle are left out; by the file's own clock it does not end earlier.
function isCut({ toldSeconds = 0, reached }: OpenSound): boolean {
  return reached > 0 && toldSeconds - reached > Math.max(2, toldSeconds / 100);
}

type Form = { channels: 1 | 2; bitrate: number };

function formOf({ mix, channels }: Measured, rules: HouseRules): Form {
  return mix || channels === 1
    ? { channels: 1, bitrate: rules.monoBitrate }
    : { channels: 2, bitrate: rules.stereoBitrate };
}

function* mixed(pieces: Iterable<Piece>, mix: Mix | undefined): Generator<Piece> {
  if (!mix) {
    yield* pieces;
    return;
  }
  const mixer = new Mixer(mix);
  for (const piece of pieces) yield mixer.mixed(piece);
}

/** Encodes all of it, and listens to what comes out. */
async function encode(
  file: SourceFile,
  { mix, before: { samples } }: Measured,
  levelling: Levelling,
  { path, rules, ...form }: Form & { path: string; rules: HouseRules },
  work: Work,
): Promise<Checked> {
  const checker = startCheck({ channels: form.channels, samples, limit: highestPeak(rules) });
  const pace = work.begin('encoding', samples);
  try {
    const result = new Mp3File(path, form.channels, form.bitrate, (frame) => checker.add(frame));
    const sound = OpenSound.open(file);
    try {
      for (const piece of levelled(mixed(sound.pieces(), mix), form.channels, levelling)) {
        result.add(piece);
        await checker.room();
        await pace(piece.count);
      }
      result.finish();
    } finally {
      result.close();
      sound.close();
    }
    work.begin('checking');
    const checked = await checker.finish();
    if (checked.levels.samples !== samples)
      throw new ProductionFailed(`the result has ${checked.levels.samples} samples, its source ${samples}`);
    return checked;
  } finally {
    checker.close();
  }
}

const highestPeak = (rules: HouseRules): number => amplitudeFactor(rules.truePeak - PEAK_CARE);

function isRight({ levels, places }: Checked, rules: HouseRules): boolean {
  const distance = Math.abs((levels.loudness ?? Number.NEGATIVE_INFINITY) - rules.loudness);
  return distance <= rules.tolerance * CARE && places.size <= 3 + levels.samples / BETWEEN_PLACES;
}

/** Returns the outcome that corrects the aim. A result without loudness changes nothing. */
function outcomeOf({ levels, places }: Checked, { ceiling }: Aim, rules: HouseRules): Outcome {
  const highest = places
    .values()
    .reduce((most, place) => Math.max(most, place), amplitudeFactor(levels.truePeak ?? ceiling));
  return { loudness: levels.loudness ?? rules.loudness, raised: 20 * Math.log10(highest) - ceiling };
}

/** Turns down the places that are still too loud. Returns the levels of the result. */
function settlePeaks(path: string, { levels, places }: Checked, rules: HouseRules): Levels {
  if (places.size === 0) return levels;
  const loudest = reducePeaks(path, places, highestPeak(rules));
  return {
    ...levels,
    truePeak: Math.max(levels.truePeak ?? Number.NEGATIVE_INFINITY, 20 * Math.log10(loudest)),
  };
}

function describe(
  { target }: ProductionOrder,
  { tags, chapters }: InspectedSource,
  { before }: Measured,
  { samples, loudness, truePeak }: Levels,
  channels: 1 | 2,
): Production {
  const { size: bytes } = statSync(target);
  const seconds = samples / RATE;
  return {
    seconds,
    bytes,
    channels,
    bitrate: Math.round((bytes * 8) / seconds / 1000),
    untouched: false,
    loudnessBefore: before.loudness ?? null,
    loudness: loudness ?? null,
    truePeak: truePeak ?? null,
    tags,
    chapters,
  };
}
