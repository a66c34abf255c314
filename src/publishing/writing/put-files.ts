import { readFile, rm } from 'node:fs/promises';
import type { Archive } from '../../archive/archive.ts';
import { fileFingerprint } from '../../audio/fingerprint.ts';
import { withTag } from '../../audio/production/mp3/id3-tag.ts';
import { exists } from '../../disk/exists.ts';
import { meansAbsent } from '../../disk/system-error.ts';
import { NotPicture, PictureTooLarge } from '../../images/picture-errors.ts';
import { waveformPath } from '../../listening/waveform-path.ts';
import { isAudioName, stemOf } from '../../model/file-kinds.ts';
import { Refused } from '../../model/problem.ts';
import type { Chapter } from '../../model/segment.ts';
import type { PublishingContext } from '../context.ts';
import { bytesAt, copyWhole, keptPath } from '../data-files.ts';
import type { Upload } from '../uploads/uploads.ts';
import { coverJpeg, tagCover } from './cover-picture.ts';
import type { Put } from './file-placement.ts';
import { chaptersInFile, soundTag, type TaggedEpisode } from './sound-tag.ts';
import type { WritingPlan } from './writing-plan.ts';

/** A file to put into the folder. `crop`: how the cover is cut. */
export type Putting = {
  draft: string;
  key: string;
  plan: WritingPlan;
  uploads: ReadonlyMap<string, Upload>;
  crop: Parameters<typeof coverJpeg>[1];
  tagged: Omit<TaggedEpisode, 'cover'>;
};

/**
 * Puts one file of a plan into the folder, whole or not at all. Throws `Refused` (`picture-refused`), and
 * what the archive throws.
 */
export async function putFile(context: PublishingContext, putting: Putting, put: Put): Promise<void> {
  const { key, draft, crop, uploads } = putting;
  const target = `${key}/${put.file}`;
  if (put.as === 'cover') {
    const source = await coverSource(context, putting, put);
    const name = 'upload' in put.from ? (uploads.get(put.from.upload)?.name ?? '') : put.from.file;
    await context.archive.write(target, await refusedPicture(name, () => coverJpeg(source, crop)));
    return;
  }
  const upload = uploads.get(put.upload);
  if (upload === undefined)
    throw new Error(`the upload ${put.upload} of draft ${draft} went while it was written`);
  if (put.as === 'file') return context.archive.write(target, bytesAt(context.uploads.readyPath(upload)));
  await putSound(context, putting, put, upload);
}

async function putSound(
  context: PublishingContext,
  putting: Putting,
  put: Put & { as: 'sound' },
  upload: Upload,
): Promise<void> {
  const { position } = put;
  const target = `${putting.key}/${put.file}`;
  const path = context.uploads.readyPath(upload);
  const sound = upload.facts?.sound;
  if (sound === undefined) throw new Refused('sound-not-audio', { name: upload.name, reason: upload.kind });
  if (sound.untouched) await context.archive.write(target, bytesAt(path));
  else {
    const chapters = await chaptersBeside(context.archive, putting, position);
    const tag = soundTag(
      { ...putting.tagged, ...(await ownCover(context, putting)) },
      {
        position,
        seconds: sound.seconds,
        ownTitle: sound.tags.title,
        chapters: chapters.length > 0 ? chapters : sound.chapters,
      },
    );
    await context.archive.write(target, withTag(tag, path));
  }
  await keepPeaks(context, putting.key, put.file, context.uploads.peaksPath(upload));
}

/**
 * Keeps the waveform of an episode's sound (`key/file`) under the sound's fingerprint. If there is none,
 * because the sound was not encoded, adds the job that draws it.
 */
export async function keepPeaks(
  context: PublishingContext,
  key: string,
  file: string,
  peaks: string,
): Promise<void> {
  const path = await context.archive.localPath(`${key}/${file}`);
  if (path === undefined) return;
  try {
    await copyWhole(peaks, waveformPath(context.dataDir, await fileFingerprint(path)));
  } catch (error) {
    if (!meansAbsent(error)) throw error;
    await context.jobs.add('draw', key);
  }
}

/** Removes the waveform of a sound that an episode no longer has, unless it still has an identical sound. */
export async function forgetPeaks(
  { archive, dataDir }: PublishingContext,
  sound: string,
  key: string,
): Promise<void> {
  try {
    const gone = await fileFingerprint(sound);
    const sounds = (await archive.bundle(key))?.files.filter(({ name }) => isAudioName(name)) ?? [];
    for (const { name } of sounds) {
      const path = await archive.localPath(`${key}/${name}`);
      if (path !== undefined && (await fileFingerprint(path)) === gone) return;
    }
    await rm(waveformPath(dataDir, gone), { force: true });
  } catch (error) {
    if (!meansAbsent(error)) throw error;
  }
}

async function coverSource(
  context: PublishingContext,
  { draft, key, uploads }: Putting,
  put: Put & { as: 'cover' },
) {
  if ('upload' in put.from) {
    const upload = uploads.get(put.from.upload);
    if (upload === undefined) throw new Error(`the cover of draft ${draft} went while it was written`);
    return context.uploads.readyPath(upload);
  }
  // The original picture: a second attempt must not crop the cropped one.
  const kept = keptPath(context.dataDir, draft, put.from.file);
  if (await exists(kept)) return kept;
  return context.archive.read(`${key}/${put.from.file}`);
}

/**
 * Returns the episode's own cover for tags. A show's cover is not used: it may change, and the tag would not.
 */
export async function ownCover(
  context: PublishingContext,
  { key, plan }: Pick<Putting, 'key' | 'plan'>,
): Promise<{ cover?: Uint8Array }> {
  const { file } = plan.content.cover;
  if (file === undefined) return {};
  try {
    return { cover: await tagCover(await context.archive.read(`${key}/${file}`)) };
  } catch (error) {
    if (error instanceof NotPicture || error instanceof PictureTooLarge) return {};
    throw error;
  }
}

async function chaptersBeside(
  archive: Archive,
  { key, plan }: Putting,
  position: number,
): Promise<Chapter[]> {
  const { segments, files } = plan.content;
  const name = `${stemOf(segments[position]?.file ?? '')}.chapters.json`;
  if (!files.some(({ file }) => file === name)) return [];
  const path = await archive.localPath(`${key}/${name}`);
  return path === undefined ? [] : chaptersInFile(await readFile(path, 'utf8'));
}

/** Runs work on a picture from outside; its errors become `Refused` with the picture's name. */
export async function refusedPicture<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotPicture || error instanceof PictureTooLarge)
      throw new Refused('picture-refused', { name, reason: error.message }, { cause: error });
    throw error;
  }
}
