import { createHash } from 'node:crypto';
import { type IAudioMetadata, parseFromTokenizer, selectCover, TrackType } from 'music-metadata';
import type { Chapter } from '../model/segment.ts';
import { type Container, detectContainer, type Found } from './container.ts';
import { EmptyAudio, NotAudio, ProbeFailed } from './failures.ts';
import { FileWindow } from './file-window.ts';
import { type FrameLength, frameLength } from './frame-length.ts';
import { type AudioTags, chaptersOf, tagsOf } from './tags.ts';
import { WindowTokenizer } from './window-tokenizer.ts';

/** What an audio file says of itself. */
export type AudioProbe = {
  container: Container;
  /** Media type, e.g. `audio/mpeg`: by content, as Apple's feeds name it. */
  type: string;
  seconds: number;
  /** Bits a second, on average. */
  bitrate?: number;
  channels?: number;
  /** Hz. */
  sampleRate?: number;
  /** Of the whole file. */
  bytes: number;
  tags: AudioTags;
  chapters: Chapter[];
  /** The cover inside the file: its media type, its length in bytes, and the SHA-256 of those bytes in hex. */
  picture?: { type: string; bytes: number; hash: string };
};

/** `timeLimit` in milliseconds: looked at on each read, so a parser that never reads is not stopped by it. */
export type ProbeOptions = { timeLimit?: number };

const DEFAULT_TIME_LIMIT = 20_000;

/**
 * Examines an audio file, by its content and never by its name. It reads synchronously and whatever the file holds,
 * so files of unknown origin go through `startProber`, which does this in a process that can be ended.
 *
 * Throws `NotAudio`, `EmptyAudio` or `ProbeFailed`.
 */
export async function probeAudio(path: string, options: ProbeOptions = {}): Promise<AudioProbe> {
  const window = new FileWindow(path, Date.now() + (options.timeLimit ?? DEFAULT_TIME_LIMIT));
  try {
    const found = find(window);
    const frames = isFramed(found) ? frameLength(window, found) : undefined;
    const metadata = await readMetadata(window, found);
    return describe(window, found, frames, metadata);
  } finally {
    window.close();
  }
}

/**
 * Returns the cover inside an audio file, with its media type as the file claims it; `undefined` when there is none.
 * Throws as `probeAudio` does.
 */
export async function readEmbeddedPicture(
  path: string,
): Promise<{ type: string; bytes: Uint8Array } | undefined> {
  const window = new FileWindow(path, Date.now() + DEFAULT_TIME_LIMIT);
  try {
    const picture = pictureOf(await readMetadata(window, find(window)));
    return picture && { type: picture.format, bytes: picture.data };
  } finally {
    window.close();
  }
}

function find(window: FileWindow): Found {
  if (window.size === 0) throw new EmptyAudio('it holds no bytes');
  const found = detectContainer(window);
  if (!found) throw new NotAudio('its bytes are not those of an audio file');
  return found;
}

const isFramed = (found: Found): boolean => found.container === 'mp3' || found.container === 'aac';

async function readMetadata(window: FileWindow, found: Found): Promise<IAudioMetadata | undefined> {
  const tokenizer = new WindowTokenizer(window, PARSER_TYPES[found.container]);
  try {
    // Where frames are counted by us, the parser is there for the tags.
    return await parseFromTokenizer(tokenizer, { duration: !isFramed(found), includeChapters: true });
  } catch (error) {
    // Broken tags do not make good sound bad.
    if (isFramed(found)) return undefined;
    if (error instanceof ProbeFailed) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotAudio(`it begins like ${found.container} and then does not go on like it (${reason})`);
  }
}

function describe(
  window: FileWindow,
  found: Found,
  frames: FrameLength | undefined,
  metadata: IAudioMetadata | undefined,
): AudioProbe {
  if (!frames && !metadata?.format.hasAudio)
    throw new NotAudio(`it is ${found.container} without any sound in it`);
  const format = metadata?.format;
  const seconds = frames?.seconds ?? trackSeconds(metadata) ?? 0;
  if (!Number.isFinite(seconds) || seconds <= 0) throw new EmptyAudio('it holds no sound');
  const picture = pictureOf(metadata);
  return {
    container: found.container,
    type: mediaType(window, found, metadata),
    seconds,
    ...measured('bitrate', frames?.bitrate ?? format?.bitrate),
    ...measured('channels', frames?.channels ?? format?.numberOfChannels),
    ...measured('sampleRate', frames?.sampleRate ?? format?.sampleRate),
    bytes: window.size,
    tags: tagsOf(metadata),
    chapters: chaptersOf(metadata, seconds),
    ...(picture && {
      picture: {
        type: picture.format,
        bytes: picture.data.length,
        hash: createHash('sha256').update(picture.data).digest('hex'),
      },
    }),
  };
}

function measured<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  const measure: { [P in K]?: number } = {};
  if (value !== undefined && Number.isFinite(value) && value > 0) measure[key] = Math.round(value);
  return measure;
}

// The track's own length, not the film's: a chapter track may be longer than the sound.
function trackSeconds(metadata: IAudioMetadata | undefined): number | undefined {
  const sound = metadata?.format.trackInfo.find((track) => track.type === TrackType.audio);
  return sound?.duration ?? metadata?.format.duration;
}

function pictureOf(metadata: IAudioMetadata | undefined) {
  const picture = selectCover(metadata?.common.picture);
  return picture && picture.data.length > 0 ? picture : undefined;
}

// Apple, "Podcast RSS feed requirements": .mp3 audio/mpeg, .m4a audio/x-m4a, .mp4 video/mp4. Others: RFC 7845 §9
// (Ogg), RFC 9639 (FLAC), and the types that browsers play where no RFC names one.
const MEDIA_TYPES: Record<Container, string> = {
  mp3: 'audio/mpeg',
  mp4: 'audio/x-m4a',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  wav: 'audio/wav',
  aiff: 'audio/aiff',
  aac: 'audio/aac',
  webm: 'audio/webm',
};

const PARSER_TYPES: Record<Container, string> = { ...MEDIA_TYPES, mp4: 'audio/mp4', aac: 'audio/aacp' };

function mediaType(window: FileWindow, found: Found, metadata: IAudioMetadata | undefined): string {
  if (!metadata?.format.hasVideo) return MEDIA_TYPES[found.container];
  if (found.container === 'webm') return 'video/webm';
  // The pictures of an audio file's chapters are a video track too; the brand says which it is (ISO 14496-12 4.3).
  const brand = window.bytes(found.start + 8, 4).toString('latin1');
  return found.container === 'mp4' && !/^M4[AB]/.test(brand) ? 'video/mp4' : MEDIA_TYPES[found.container];
}
