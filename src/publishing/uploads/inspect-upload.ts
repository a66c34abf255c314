import { open, readFile } from 'node:fs/promises';
import { writeFileWhole } from '../../archive/atomic-write.ts';
import { EmptyAudio, NotAudio } from '../../audio/failures.ts';
import type { HouseRules, Producer, Production } from '../../audio/production/production.ts';
import { NotPicture } from '../../images/picture-errors.ts';
import { companionText } from './companion-text.ts';
import { contentKind } from './content-kind.ts';
import { byteWords } from './disk-space/disk-space.ts';
import type { UploadFacts, UploadKind } from './upload.ts';

/** What was found out of a file; `extension` of what is published of it. */
export type InspectedUpload = {
  kind: Exclude<UploadKind, 'unknown'>;
  extension: string;
  facts: Omit<UploadFacts, 'file'>;
};

/** The file is nothing that an episode has; `format` is what people call it, where that is known. */
export class UnsupportedFile extends Error {
  override name = 'NotForUs';
  readonly format: string;
  constructor(format: string) {
    super(`neither sound, picture nor transcript: ${format}`);
    this.format = format;
  }
}

export type Inspection = {
  producer: Producer;
  rules: HouseRules;
  voice: 'auto' | 'mono' | 'stereo';
  source: string;
  target: string;
  peaks: string;
};

const HEAD_BYTES = 4_096;
const LARGEST_PICTURE = 40e6;
const LARGEST_TEXT = 10e6;

/**
 * Finds out by its content what a file is, whatever it is called, and makes of it what is published: of sound an MP3, of a
 * transcript one in UTF-8. Throws `NotForUs`, and what those throw who read it (`Producer`, `inspectPicture`, `companionText`).
 */
export async function inspectUpload(
  looking: Inspection,
  options: Parameters<Producer['produce']>[1],
): Promise<InspectedUpload> {
  const { source } = looking;
  const { head, bytes } = await beginningOf(source);
  if (bytes === 0) throw new EmptyAudio('it holds no bytes');
  const content = contentKind(head);
  if (content.is === 'picture') return picture(source, bytes, content.extension);
  if (content.is === 'text') return text(source, bytes, content.name);
  try {
    return { kind: 'audio', extension: 'mp3', facts: { sound: await sound(looking, options) } };
  } catch (error) {
    // The format's name says more than that there was nothing to decode.
    if (error instanceof NotAudio && content.name !== undefined) throw new UnsupportedFile(content.name);
    throw error;
  }
}

async function beginningOf(path: string): Promise<{ head: Uint8Array; bytes: number }> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { head: buffer.subarray(0, bytesRead), bytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

async function picture(path: string, bytes: number, extension: string): Promise<InspectedUpload> {
  if (bytes > LARGEST_PICTURE) throw new NotPicture(`> ${byteWords(LARGEST_PICTURE)}`);
  // Whoever only serves needs no decoder of pictures in memory.
  const { inspectPicture } = await import('../../images/picture-source.ts');
  const { width, height } = await inspectPicture(path);
  return { kind: 'picture', extension, facts: { picture: { width, height } } };
}

async function text(path: string, bytes: number, format = 'TXT'): Promise<InspectedUpload> {
  if (bytes > LARGEST_TEXT) throw new UnsupportedFile(`${format}, > ${byteWords(LARGEST_TEXT)}`);
  const found = companionText(await readFile(path));
  if (found === undefined) throw new UnsupportedFile(format);
  await writeFileWhole(path, Buffer.from(found.text));
  return { kind: found.kind, extension: found.extension, facts: {} };
}

async function sound(
  { producer, rules, voice, source, target, peaks }: Inspection,
  options: Parameters<Producer['produce']>[1],
): Promise<NonNullable<UploadFacts['sound']>> {
  const production: Production = await producer.produce({ source, target, peaks, voice, rules }, options);
  const { title, artist, album, comment, date } = production.tags;
  return {
    seconds: production.seconds,
    bytes: production.bytes,
    loudness: production.loudness,
    truePeak: production.truePeak,
    channels: production.channels,
    bitrate: production.bitrate,
    untouched: production.untouched,
    loudnessBefore: production.loudnessBefore,
    tags: { title, artist, album, comment, date },
    chapters: production.chapters,
  };
}
