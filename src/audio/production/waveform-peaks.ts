import { readFile } from 'node:fs/promises';
import { samplePeak } from './loudness/true-peak.ts';

/** Bins of a waveform, whatever the length of its sound. */
export const PEAK_BINS = 1800;

/**
 * Draws a waveform of peaks that lie evenly in time: `PEAK_BINS` bytes, each the greatest amplitude in its part of the
 * sound; linear, 255 for full scale. A file of peaks is these bytes and nothing else.
 */
export function waveformFile(peaks: Float32Array): Uint8Array {
  return Uint8Array.from({ length: PEAK_BINS }, (_, bin) => {
    const start = Math.floor((bin * peaks.length) / PEAK_BINS);
    const end = Math.max(start + 1, Math.floor(((bin + 1) * peaks.length) / PEAK_BINS));
    return Math.min(255, Math.round(samplePeak(peaks, start, end) * 255));
  });
}

/** Returns the waveform in a file; `undefined` when the file is none. Throws what `node:fs` throws. */
export async function readPeaks(path: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(path);
  return bytes.length === PEAK_BINS ? new Uint8Array(bytes) : undefined;
}
