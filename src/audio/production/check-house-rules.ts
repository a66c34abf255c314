import type { Found } from '../container.ts';
import type { FileWindow } from '../file-window.ts';
import { firstFrameTable } from '../xing.ts';
import { LoudnessMeter, relativeGate } from './loudness/loudness-meter.ts';
import { LevelMeter, type Levels } from './loudness/measure-levels.ts';
import { TruePeakMeter } from './loudness/true-peak.ts';
import { FRAME_SAMPLES, type Mp3Frames, readFrames } from './mp3/mp3-frames.ts';
import { PassageDecoder } from './mp3/passage-decoder.ts';
import type { HouseRules, ProductionOrder } from './production.ts';
import { RATE } from './resampling.ts';
import type { Work } from './work.ts';

/** The largest tags that are published unchanged (bytes): every listener loads them before the first sound. */
const MOST_TAGS = 2 * 1024 * 1024;
/** How many times the house's stereo bitrate an unchanged file may have. */
const MOST_BITRATE = 1.5;

/**
 * Returns the frames of an MP3 that keeps to the rules of form: a whole MPEG-1 layer III stream at the house's rate, not of
 * a much higher bitrate, its table (if it has one) true, not loaded with tags. `undefined` for any other.
 */
export function framesWithinRules(
  window: FileWindow,
  found: Found,
  { voice, rules }: Pick<ProductionOrder, 'voice' | 'rules'>,
): Mp3Frames | undefined {
  if (found.container !== 'mp3' || rules.sampleRate !== RATE) return undefined;
  if (window.size - (found.end - found.start) > MOST_TAGS) return undefined;
  const frames = readFrames(window, found, RATE);
  if (!frames || (frames.channels === 2 && voice === 'mono')) return undefined;
  const count = frames.starts.length - 1;
  const bitrate = ((found.end - found.start) * 8 * RATE) / (count * FRAME_SAMPLES) / 1000;
  if (bitrate > rules.stereoBitrate * MOST_BITRATE) return undefined;
  const table = firstFrameTable(window, found.start);
  // Some encoders count the table's own frame in.
  const isTrue = table?.frames !== undefined && Math.abs(table.frames - count) <= 1;
  // Players find their way in a file of changing bitrate by the table alone.
  return isTrue || (!table && frames.isConstant) ? frames : undefined;
}

/** How many passages of a long file are measured, spread evenly, and the frames in each (0.52 s, two gating blocks). */
const PASSAGES = 700;
const PASSAGE = 20;
/** Standard errors that a sampled loudness has to be away from the edge of what is allowed. */
const CERTAINTY = 2.5;

/**
 * Measures an MP3 as far as it takes to see whether it keeps to the rules of level, and returns its levels if it does. A
 * long one is sampled; only where the samples leave it open is all of it measured.
 */
export async function levelsWithinRules(
  window: FileWindow,
  frames: Mp3Frames,
  rules: HouseRules,
  work: Work,
): Promise<Levels | undefined> {
  const count = frames.starts.length - 1;
  const decoder = new PassageDecoder(window, frames);
  try {
    if (count > 2 * PASSAGES * PASSAGE) {
      const { levels, error } = await sampledLevels(decoder, frames, work);
      if (levels.loudness === undefined || !isPeakInRules(levels, rules)) return undefined;
      const distance = Math.abs(levels.loudness - rules.loudness);
      if (distance + CERTAINTY * error <= rules.tolerance) return levels;
      if (distance - CERTAINTY * error > rules.tolerance) return undefined;
    }
    const pace = work.begin('measuring', count * FRAME_SAMPLES);
    const meter = new LevelMeter(frames.channels);
    for (const piece of decoder.pieces(0, count)) {
      meter.add(piece);
      await pace(piece.count);
    }
    const levels = meter.levels();
    const isInRules =
      isPeakInRules(levels, rules) && Math.abs((levels.loudness ?? 0) - rules.loudness) <= rules.tolerance;
    return isInRules ? levels : undefined;
  } finally {
    decoder.close();
  }
}

const isPeakInRules = ({ truePeak }: Levels, rules: HouseRules): boolean =>
  (truePeak ?? Number.NEGATIVE_INFINITY) <= rules.truePeak;

/** Returns the levels of the whole as estimated from the passages, and the standard error of the loudness (LU). */
async function sampledLevels(
  decoder: PassageDecoder,
  frames: Mp3Frames,
  work: Work,
): Promise<{ levels: Levels; error: number }> {
  const count = frames.starts.length - 1;
  const pace = work.begin('measuring', PASSAGES * PASSAGE * FRAME_SAMPLES);
  const meter = new LoudnessMeter(RATE);
  const peak = new TruePeakMeter(frames.channels);
  const ends: number[] = [];
  for (let passage = 0; passage < PASSAGES; passage++) {
    const first = Math.floor(((count - PASSAGE) * passage) / (PASSAGES - 1));
    meter.startPassage();
    peak.startPassage();
    for (const piece of decoder.pieces(first, first + PASSAGE)) {
      meter.add(piece.planes, piece.count);
      peak.add(piece.planes, piece.count);
      await pace(piece.count);
    }
    ends.push(meter.programme.blocks.length);
  }
  const levels = {
    samples: count * FRAME_SAMPLES,
    loudness: meter.integrated(),
    truePeak: peak.decibels(),
  };
  return { levels, error: standardError(meter.programme.blocks, ends) };
}

/**
 * The standard error (LU) of the loudness of gating blocks that come from passages, of which each ends before the block in
 * `ends`. Neighbours are alike in a programme, and evenly spread passages profit from it: the error is judged by how much
 * each passage differs from the next (for systematic samples: Wolter, "Introduction to Variance Estimation", chapter 8).
 */
function standardError(blocks: number[], ends: number[]): number {
  const gate = relativeGate(blocks);
  if (gate === undefined) return Number.POSITIVE_INFINITY;
  const passages = ends.map((end, index) => {
    const counted = blocks.slice(ends[index - 1] ?? 0, end).filter((block) => block >= gate);
    return { sum: counted.reduce((sum, block) => sum + block, 0), count: counted.length };
  });
  const sum = passages.reduce((total, passage) => total + passage.sum, 0);
  const count = passages.reduce((total, passage) => total + passage.count, 0);
  const mean = sum / count;
  const residuals = passages.map((passage) => passage.sum - mean * passage.count);
  let squares = 0;
  for (const [index, residual] of residuals.entries())
    squares += (residual - (residuals[index - 1] ?? residual)) ** 2;
  return ((10 / Math.LN10) * Math.sqrt(squares / 2)) / sum;
}
