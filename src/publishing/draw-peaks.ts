import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fingerprintOf } from '../audio/fingerprint.ts';
import type { Producer } from '../audio/production/production.ts';
import { isAudioName } from '../model/file-kinds.ts';
import { isThere, peaksPath } from './data-files.ts';
import { type JobHandler, MOST_ATTEMPTS } from './job.ts';
import type { Room } from './room.ts';

/** Returns the handler of `draw`, which draws each waveform that is missing of an episode's sounds. Its subject: the key. */
export function drawHandler(
  { archive, dataDir }: Pick<Room, 'archive' | 'dataDir'>,
  producer: Pick<Producer, 'drawPeaks'>,
): JobHandler {
  async function draw(sound: string, signal: AbortSignal): Promise<void> {
    const source = await archive.localPath(sound);
    if (source === undefined) return;
    const target = peaksPath(dataDir, await fingerprintOf(source));
    if (await isThere(target)) return;
    await mkdir(dirname(target), { recursive: true });
    await producer.drawPeaks({ source, target }, { signal });
    // What was withdrawn meanwhile leaves no trace.
    if ((await archive.localPath(sound)) === undefined) await rm(target, { force: true });
  }

  return async ({ subject: key, report, signal, attempt = 1 }) => {
    const sounds = (await archive.bundle(key))?.files.filter(({ name }) => isAudioName(name)) ?? [];
    for (const [done, { name }] of sounds.entries()) {
      report('measuring', done / sounds.length);
      await draw(`${key}/${name}`, signal).catch((error: unknown) => {
        // In the end a page can do without a waveform: nobody need be told of a failure.
        if (signal.aborted || attempt < MOST_ATTEMPTS) throw error;
      });
    }
    return {};
  };
}
