import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Archive } from '../archive/archive.ts';
import { machineProblem } from '../archive/machine-problem.ts';
import { EmptyAudio, NotAudio } from '../audio/failures.ts';
import { fileFingerprint } from '../audio/fingerprint.ts';
import { AudioTooLong, CutAudio, DiskFull } from '../audio/production/failures.ts';
import type { Producer } from '../audio/production/production.ts';
import { PEAK_BINS } from '../audio/production/waveform-peaks.ts';
import { exists } from '../disk/exists.ts';
import { UNFINISHED } from '../disk/unfinished.ts';
import { type JobHandler, MOST_ATTEMPTS } from '../jobs/job.ts';
import { isAudioName } from '../model/file-kinds.ts';
import { waveformPath } from './waveform-path.ts';

/** Faults of the file itself, which another attempt would find again. */
const HOPELESS = [NotAudio, EmptyAudio, CutAudio, AudioTooLong];

/**
 * Returns the handler of the job `draw`, which draws the missing waveforms of an episode. Its subject is the
 * episode's key.
 *
 * A page can do without a waveform, so a failure is not reported. An empty file stands for a waveform that
 * cannot be drawn, so that later visits do not ask for it again.
 */
export function drawWaveformsJob(
  { archive, dataDir }: { archive: Archive; dataDir: string },
  producer: Pick<Producer, 'drawPeaks'>,
): JobHandler {
  async function draw(sound: string, signal: AbortSignal, isLast: boolean): Promise<void> {
    const source = await archive.localPath(sound);
    if (source === undefined) return;
    const target = waveformPath(dataDir, await fileFingerprint(source));
    // An hour of sound is not decoded when its waveform cannot be kept.
    if ((await exists(target)) || !(await canKeep(target))) return;
    try {
      await producer.drawPeaks({ source, target }, { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof DiskFull) return;
      if (!isLast && !HOPELESS.some((kind) => error instanceof kind)) throw error;
      await writeFile(target, '');
    }
    // A sound that was withdrawn meanwhile leaves no waveform.
    if ((await archive.localPath(sound)) === undefined) await rm(target, { force: true });
  }

  return async ({ subject: key, report, signal, attempt = 1 }) => {
    const sounds = (await archive.bundle(key))?.files.filter(({ name }) => isAudioName(name)) ?? [];
    const failures: unknown[] = [];
    for (const [done, { name }] of sounds.entries()) {
      report('measuring', done / sounds.length);
      await draw(`${key}/${name}`, signal, attempt >= MOST_ATTEMPTS).catch((error: unknown) => {
        if (signal.aborted) throw error;
        failures.push(error);
      });
    }
    if (failures.length > 0 && attempt < MOST_ATTEMPTS) throw failures[0];
    return {};
  };
}

/** Returns whether a waveform can be written: false on a full or read-only disk. */
async function canKeep(target: string): Promise<boolean> {
  const trial = `${target}.${crypto.randomUUID()}${UNFINISHED}`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(trial, new Uint8Array(PEAK_BINS));
    await rm(trial, { force: true });
    return true;
  } catch (error) {
    await rm(trial, { force: true }).catch(() => {});
    if (machineProblem(error) === undefined) throw error;
    return false;
  }
}
