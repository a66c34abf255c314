import { join } from 'node:path';

/** Returns the folder of the data folder in which all waveforms lie. */
export const waveformsIn = (dataDir: string): string => join(dataDir, 'peaks');

/** Returns where the waveform of the sound with this fingerprint lies, or will lie. */
export const waveformPath = (dataDir: string, fingerprint: string): string =>
  join(waveformsIn(dataDir), `${fingerprint}.peaks`);
