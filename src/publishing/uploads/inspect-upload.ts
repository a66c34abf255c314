import { open, readFile } from 'node:fs/promises';
import { writeFileWhole } from '../../archive/atomic-write.ts';
import { EmptyAudio, NotAudio } from '../../audio/failures.ts';
import type { HouseRules, Producer, Production } from '../../audio/production/production.ts';
import { NotPicture } from '../../images/picture-errors.ts';
import { companionText } from './companion-text.ts';
import { contentKind } from './content-kind.ts';
import { byteWords } from './disk-space/disk-space.ts';
import type { UploadFacts, UploadKind } from './upload.ts';

/** The result of inspecting a file. `extension`: that of the published file. */
export type InspectedUpload = {
  kind: Exclude<UploadKind, 'unknown'>;
  extension: string;
  facts: Omit<UploadFacts, 'file'>;
};

/** An episode has no use for such a file. `format`: what people call it, if known. */
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
 * Finds out what a file is by its content, and makes the file to publish: an MP3 from a sound, UTF-8 from a
 * transcript. Throws `UnsupportedFile`, and what `Producer`, `inspectPicture` and `companionText` throw.
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
    // The format's name is a better reason than that nothing could be decoded.
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
  // A process that only serves does not load the picture decoder.
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
