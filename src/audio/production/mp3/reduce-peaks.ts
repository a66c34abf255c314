import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { detectContainer, type Found } from '../../container.ts';
import { FileWindow } from '../../file-window.ts';
import { mpegFrame } from '../../mpeg-frames.ts';
import { ProductionFailed } from '../failures.ts';
import { TruePeakMeter } from '../loudness/true-peak.ts';
import { RATE } from '../resampling.ts';
import { sealInfoTable } from './info-table.ts';
import { FRAME_SAMPLES, type Mp3Frames, readFrames } from './mp3-frames.ts';
import { PassageDecoder } from './passage-decoder.ts';

/** A granule is half a frame, and has a gain of its own. */
const GRANULE = FRAME_SAMPLES / 2;
/** Samples that a decoder gives before the first of the sound: LAME's delay and its own ("MP3 Info Tag rev 1"). */
export const DELAY = 576 + 529;
/** What one unit of a granule's gain is worth (dB; ISO 11172-3 2.4.3.4). */
const STEP = (20 * Math.log10(2)) / 4;
/** Granules that make a sample: its own, the one that overlaps it, and one that the filter bank still remembers. */
const MAKERS = 3;
/** Granules before and after a place that are decoded to check it. */
const AROUND = 6;

/** How often a place is lowered at most. */
const ROUNDS = 4;

/** The places of an MP3 where it is too loud: for each granule, its greatest magnitude. */
export type LoudPlaces = Map<number, number>;

/** Adds a place. `sample` is counted from the first of the sound. */
export function addLoudPlace(places: LoudPlaces, sample: number, magnitude: number): void {
  raise(places, Math.floor((sample + DELAY) / GRANULE), magnitude);
}

function raise(places: LoudPlaces, granule: number, magnitude: number): void {
  places.set(granule, Math.max(magnitude, places.get(granule) ?? 0));
}

/**
 * Turns an MP3 of ours down where it is too loud, without coding it again: the gain that each granule carries is lowered by
 * steps of 1.5 dB in those that make the place (39 ms, into and out of which the decoder fades). The places are then
 * decoded, and what is still above `limit` (a magnitude) is lowered once more. Returns the greatest magnitude that they
 * have in the end.
 */
export function reducePeaks(path: string, places: LoudPlaces, limit: number): number {
  const { found, frames } = framesOf(path);
  const file = openSync(path, 'r+');
  try {
    let loud = places;
    let peak = 0;
    for (let round = 0; round < ROUNDS && loud.size > 0; round++) {
      for (const [granule, units] of unitsFor(loud, limit)) lowerGain(file, frames, granule, units);
      ({ peak, loud } = listen(path, frames, around(places, frames), limit));
    }
    seal(file, found, frames);
    return loud.values().reduce((most, place) => Math.max(most, place), peak);
  } finally {
    closeSync(file);
  }
}

function framesOf(path: string): { found: Found; frames: Mp3Frames } {
  const window = new FileWindow(path);
  try {
    const found = detectContainer(window);
    const frames = found && readFrames(window, found, RATE);
    if (!frames) throw new ProductionFailed('the result is not the MP3 that was written');
    return { found, frames };
  } finally {
    window.close();
  }
}

/** Returns by how many units each granule's gain is lowered: by the need of the loudest place that it is part of. */
function unitsFor(places: LoudPlaces, limit: number): Map<number, number> {
  const units = new Map<number, number>();
  for (const [granule, magnitude] of places) {
    const needed = Math.ceil((20 * Math.log10(magnitude / limit)) / STEP);
    for (let maker = granule - MAKERS + 1; maker <= granule; maker++) {
      if (maker >= 0) units.set(maker, Math.max(needed, units.get(maker) ?? 0));
    }
  }
  return units;
}

function lowerGain(file: number, { starts, channels }: Mp3Frames, granule: number, units: number): void {
  const start = starts[granule >> 1];
  if (start === undefined || start === starts.at(-1)) return;
  const head = Buffer.alloc(40);
  readSync(file, head, 0, head.length, start);
  for (let channel = 0; channel < channels; channel++) {
    const bit = gainBit(channels, granule & 1, channel);
    const shift = 8 - (bit & 7);
    const pair = head.readUInt16BE(bit >> 3);
    const lowered = Math.max(0, ((pair >> shift) & 0xff) - units);
    head.writeUInt16BE((pair & ~(0xff << shift)) | (lowered << shift), bit >> 3);
  }
  writeSync(file, head, 0, head.length, start);
}

/** Where a granule's `global_gain` stands, in bits from the frame's start (ISO 11172-3 2.4.1.7; we write no checksum). */
function gainBit(channels: 1 | 2, granule: number, channel: number): number {
  const sharedBits = channels === 1 ? 18 : 20;
  return 32 + sharedBits + (granule * channels + channel) * 59 + 21;
}

function seal(file: number, { start }: Found, { starts }: Mp3Frames): void {
  const first = Buffer.alloc((starts[0] ?? 0) - start);
  readSync(file, first, 0, first.length, start);
  const sideInfo = mpegFrame(first)?.sideInfo;
  if (sideInfo !== undefined) sealInfoTable(file, first, 4 + sideInfo + 120);
}

type Stretch = { first: number; end: number };

/** The frames around the places, those of near ones together. */
function around(places: LoudPlaces, { starts }: Mp3Frames): Stretch[] {
  const stretches: Stretch[] = [];
  for (const granule of [...places.keys()].sort((one, other) => one - other)) {
    const first = Math.max(0, (granule - AROUND) >> 1);
    const end = Math.min(starts.length - 1, (granule + AROUND) >> 1);
    const last = stretches.at(-1);
    if (last && first <= last.end) last.end = end;
    else stretches.push({ first, end });
  }
  return stretches;
}

/** Decodes stretches: the greatest magnitude up to the limit, and the places that are over it. */
function listen(
  path: string,
  frames: Mp3Frames,
  stretches: Stretch[],
  limit: number,
): { peak: number; loud: LoudPlaces } {
  const window = new FileWindow(path);
  const decoder = new PassageDecoder(window, frames);
  const loud: LoudPlaces = new Map();
  let peak = 0;
  try {
    for (const { first, end } of stretches) {
      const meter = new TruePeakMeter(frames.channels, limit, (sample, magnitude) =>
        raise(loud, first * 2 + Math.floor(sample / GRANULE), magnitude),
      );
      meter.startPassage();
      for (const { planes, count } of decoder.pieces(first, end)) meter.add(planes, count);
      peak = Math.max(peak, meter.peak);
    }
    return { peak, loud };
  } finally {
    decoder.close();
    window.close();
  }
}
