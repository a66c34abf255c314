import { writeFileSync } from 'node:fs';
import { FileWindow } from '../file-window.ts';
import { convert } from './convert.ts';
import { OpenSound } from './decoding.ts';
import { AudioTooLong } from './failures.ts';
import { type Looked, look } from './inspect-source.ts';
import type { Pace } from './loudness/measure-levels.ts';
import { PeakTrace } from './loudness/peak-trace.ts';
import { complete, partOf, takeAsItIs } from './part-files.ts';
import type { Production, ProductionOrder, ProductionStage } from './production.ts';
import { framesInForm, levelsInRules } from './publish-unchanged.ts';
import { RATE } from './resampling.ts';
import { drawnPeaks } from './waveform-peaks.ts';

/** What the work is done with. */
export type Work = {
  /** Begins a stage of so many samples, if that is known. */
  begin(stage: ProductionStage, samples?: number): Pace;
  /** The longest sound that is taken (seconds). */
  longest: number;
};

/**
 * Makes a sound ready to publish, in this very process: from a file of unknown origin, that is only for a process that
 * can be ended. Throws as `Producer.produce` does, and what the libraries throw.
 */
export async function produce(order: ProductionOrder, work: Work): Promise<Production> {
  const looked = await look(order.source, work.begin('looking'));
  if ((looked.seconds ?? 0) > work.longest) throw new AudioTooLong(looked.seconds ?? 0, work.longest);
  return (await publishUntouched(order, looked, work)) ?? convert(order, looked, work);
}

/** Takes the source as it is, if it keeps to the house rules; a waveform is not drawn. */
async function publishUntouched(
  { source, target, voice, rules }: ProductionOrder,
  { file, seconds, tags, chapters }: Looked,
  work: Work,
): Promise<Production | undefined> {
  const window = new FileWindow(source);
  try {
    const frames = framesInForm(window, file, { voice, rules });
    const levels = frames && (await levelsInRules(window, frames, rules, work));
    if (!levels) return undefined;
    takeAsItIs(source, target);
    const length = seconds ?? levels.samples / rules.sampleRate;
    return {
      seconds: length,
      bytes: window.size,
      channels: frames.channels,
      bitrate: Math.round(((file.end - file.start) * 8) / length / 1000),
      untouched: true,
      loudnessBefore: levels.loudness ?? null,
      loudness: levels.loudness ?? null,
      truePeak: levels.truePeak ?? null,
      tags,
      chapters,
    };
  } finally {
    window.close();
  }
}

/** Draws the waveform of a sound that `produce` made, as `Producer.drawPeaks` does. */
export async function drawPeaks(order: { source: string; target: string }, work: Work): Promise<void> {
  const { file, seconds } = await look(order.source, work.begin('looking'));
  const pace = work.begin('measuring', seconds === undefined ? undefined : seconds * RATE);
  const sound = OpenSound.open(file);
  const trace = new PeakTrace();
  try {
    for (const piece of sound.pieces()) {
      trace.add(piece);
      await pace(piece.count);
    }
  } finally {
    sound.close();
  }
  writeFileSync(partOf(order.target), drawnPeaks(trace.peaks()));
  complete(order.target);
}
