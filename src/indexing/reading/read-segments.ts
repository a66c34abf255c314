import type { Bundle, StoredFile } from '../../archive/archive.ts';
import { EmptyAudio, ProbeFailed } from '../../audio/failures.ts';
import { type AudioFact, type FileFacts, FileGone } from './file-facts.ts';
import type { ReadingNotes } from './reading.ts';

/** A file written within this time may still be growing (ms). */
const SETTLED_MS = 700;
/** How long an incomplete file counts as being copied before it counts as cut off (ms). */
const COPYING_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 1_000;
const EXAMINE_AGAIN_MS = 10 * 60_000;

/**
 * Returns what an audio file says of itself; `undefined` when it cannot be published, or not yet (the notes say which).
 * `now` is in milliseconds since 1970.
 */
export async function readAudio(
  facts: FileFacts,
  bundle: Bundle,
  file: StoredFile,
  notes: ReadingNotes,
  now: number,
): Promise<AudioFact | undefined> {
  const age = Math.max(0, now - file.modifiedAt);
  const wait = (until: number): undefined => {
    notes.error('audio-being-copied', { file: file.name });
    notes.retry(until);
  };
  // A clock that is behind (a network disk) must not hold a file back for ever.
  if (age < SETTLED_MS && file.modifiedAt <= now) return wait(file.modifiedAt + SETTLED_MS);
  try {
    const audio = await facts.audio(bundle, file, notes);
    if (!audio.isCut) return audio;
    if (age < COPYING_MS) return wait(now + LOOK_AGAIN_MS);
    notes.warn('audio-incomplete', { file: file.name });
    return audio;
  } catch (error) {
    if (error instanceof FileGone) return wait(now + LOOK_AGAIN_MS);
    if (age < COPYING_MS && file.bytes === 0) return wait(now + LOOK_AGAIN_MS);
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof EmptyAudio) notes.error('audio-empty', { file: file.name });
    else notes.error('audio-not-audio', { file: file.name, values: { reason } });
    // The file may be broken, or the machine was too busy, which passes.
    if (error instanceof ProbeFailed) notes.retry(now + EXAMINE_AGAIN_MS);
    return undefined;
  }
}
