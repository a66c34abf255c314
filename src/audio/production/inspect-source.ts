import { detectContainer, type Found } from '../container.ts';
import { EmptyAudio, NotAudio, ProbeFailed } from '../failures.ts';
import { FileWindow } from '../file-window.ts';
import { type AudioProbe, probeAudio } from '../probe.ts';
import { soundStart } from '../tag-edges.ts';
import { isWhole } from '../wholeness.ts';
import { OpenSound, type SourceFile, Unopenable } from './decoding.ts';
import { CutAudio } from './failures.ts';
import type { Pace } from './loudness/measure-levels.ts';
import type { Production } from './production.ts';
import { RATE } from './resampling.ts';

/** What a source is, before any of it is measured. */
export type InspectedSource = {
  file: SourceFile;
  /** By its container or its frames; `undefined` when neither tells. */
  seconds: number | undefined;
} & Pick<Production, 'tags' | 'chapters'>;

/**
 * Finds out what a file is, by its bytes, and what it says of itself. Throws `EmptyAudio`, `NotAudio`, `CutAudio`, and
 * `ProbeFailed` when it cannot be read.
 */
export async function inspectSource(path: string, pace: Pace): Promise<InspectedSource> {
  const file = { path, ...find(path) };
  if ((await isWhole(path)) === 'cut') throw new CutAudio(await countSeconds(file, pace));
  const probe = await probeTags(path);
  return {
    file,
    seconds: probe?.seconds,
    tags: tagsOf(probe),
    chapters: (probe?.chapters ?? []).map(({ start, title }) => ({ start, title })),
  };
}

function find(path: string): Found {
  const window = new FileWindow(path);
  try {
    if (window.size === 0) throw new EmptyAudio('it holds no bytes');
    const start = soundStart(window);
    if (start === window.size) throw new EmptyAudio('it holds tags and no sound');
    if (start > window.size) throw new CutAudio(0);
    const found = detectContainer(window) ?? largeWave(window);
    if (!found) throw new NotAudio('its bytes are not those of an audio file');
    return found;
  } finally {
    window.close();
  }
}

// What a WAV of more than 4 GB begins with (EBU Tech 3306, ITU-R BS.2088).
function largeWave(window: FileWindow): Found | undefined {
  const head = window.bytes(0, 12).toString('latin1');
  const isLarge = ['RF64', 'BW64'].includes(head.slice(0, 4)) && head.slice(8) === 'WAVE';
  return isLarge ? { container: 'wav', start: 0, end: window.size } : undefined;
}

/** How much of a cut file can be decoded. */
async function countSeconds(file: SourceFile, pace: Pace): Promise<number> {
  let sound: OpenSound;
  try {
    sound = OpenSound.open(file);
  } catch (error) {
    if (error instanceof Unopenable || error instanceof EmptyAudio) return 0;
    throw error;
  }
  try {
    let samples = 0;
    for (const { count } of sound.pieces()) {
      samples += count;
      await pace(count);
    }
    return samples / RATE;
  } finally {
    sound.close();
  }
}

// The decoder decides whether it can be played; a file that only cannot be examined goes without tags.
async function probeTags(path: string): Promise<AudioProbe | undefined> {
  try {
    return await probeAudio(path);
  } catch (error) {
    if (error instanceof NotAudio || error instanceof EmptyAudio || error instanceof ProbeFailed)
      return undefined;
    throw error;
  }
}

function tagsOf(probe: AudioProbe | undefined): Production['tags'] {
  const { language: _, ...tags } = probe?.tags ?? {};
  return tags;
}
