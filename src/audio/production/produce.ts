import { writeFileSync } from 'node:fs';
import { FileWindow } from '../file-window.ts';
import { framesWithinRules, levelsWithinRules } from './check-house-rules.ts';
import { convert } from './convert.ts';
import { OpenSound } from './decoding.ts';
import { AudioTooLong } from './failures.ts';
import { type InspectedSource, inspectSource } from './inspect-source.ts';
import { PeakTrace } from './loudness/peak-trace.ts';
import { linkOrCopy, partPath, renamePart } from './part-files.ts';
import type { Production, ProductionOrder } from './production.ts';
import { RATE } from './resampling.ts';
import { waveformFile } from './waveform-peaks.ts';
import type { Work } from './work.ts';

/**
 * Makes a sound ready to publish, in this very process: from a file of unknown origin, that is only for a process that
 * can be ended. Throws as `Producer.produce` does, and what the libraries throw.
 */
export async function produce(order: ProductionOrder, work: Work): Promise<Production> {
  const looked = await inspectSource(order.source, work.begin('looking'));
  if ((looked.seconds ?? 0) > work.longest) throw new AudioTooLong(looked.seconds ?? 0, work.longest);
  return (await publishUnchanged(order, looked, work)) ?? convert(order, looked, work);
}

/** Takes the source as it is, if it keeps to the house rules; a waveform is not drawn. */
async function publishUnchanged(
  { source, target, voice, rules }: ProductionOrder,
  { file, seconds, tags, chapters }: InspectedSource,
  work: Work,
): Promise<Production | undefined> {
  const window = new FileWindow(source);
  try {
    const frames = framesWithinRules(window, file, { voice, rules });
    const levels = frames && (await levelsWithinRules(window, frames, rules, work));
    if (!levels) return undefined;
    linkOrCopy(source, target);
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
  const { file, seconds } = await inspectSource(order.source, work.begin('looking'));
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
  writeFileSync(partPath(order.target), waveformFile(trace.peaks()));
  renamePart(order.target);
}
