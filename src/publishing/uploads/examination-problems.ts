import { ChaptersBroken, EmptyAudio, NotAudio } from '../../audio/failures.ts';
import {
  AudioTooLong,
  CutAudio,
  DiskFull,
  ProductionFailed,
  SilentAudio,
} from '../../audio/production/failures.ts';
import { meansDiskFull } from '../../disk/system-error.ts';
import { NotPicture, PictureTooLarge } from '../../images/picture-errors.ts';
import { isAudioName, isPictureName, transcriptType } from '../../model/file-kinds.ts';
import type { Problem } from '../../model/problem.ts';
import { CompanionBroken } from './companion-text.ts';
import { UnsupportedFile } from './inspect-upload.ts';

/** How often a file that crashes its examination is tried: the first times may be the machine's fault. */
const MOST_BREAKDOWNS = 3;

/**
 * Returns the problem of a file, from the error of its examination; `undefined` when the file is not at fault
 * and another attempt may succeed.
 */
export function problemOfFile(error: unknown, name: string, attempt: number): Problem | undefined {
  if (error instanceof UnsupportedFile) return notForUs(name, error.format);
  if (error instanceof NotAudio) return notForUs(name, error.message);
  if (error instanceof EmptyAudio) return { code: 'sound-empty', values: { name } };
  if (error instanceof SilentAudio) return { code: 'sound-silent', values: { name } };
  if (error instanceof CutAudio)
    return { code: 'sound-cut', values: { name, seconds: String(Math.round(error.seconds)) } };
  if (error instanceof AudioTooLong)
    return { code: 'sound-too-long', values: { name, hours: String(Math.round(error.most / 3_600)) } };
  if (error instanceof ProductionFailed && attempt >= MOST_BREAKDOWNS)
    return { code: 'sound-crashed', values: { name, reason: error.message } };
  if (error instanceof PictureTooLarge) {
    const reason = `${error.width} × ${error.height} px`;
    return { code: 'picture-refused', values: { name, reason } };
  }
  if (error instanceof NotPicture)
    return { code: 'picture-refused', values: { name, reason: error.message } };
  if (error instanceof CompanionBroken)
    return { code: 'transcript-refused', values: { name, reason: error.reason } };
  if (error instanceof ChaptersBroken)
    return { code: 'transcript-refused', values: { name, reason: error.message } };
  return undefined;
}

/** Returns the problem that fits what the file's name promised. */
function notForUs(name: string, reason: string): Problem {
  if (isAudioName(name)) return { code: 'sound-not-audio', values: { name, reason } };
  if (isPictureName(name)) return { code: 'picture-refused', values: { name, reason } };
  if (transcriptType(name) !== undefined || /\.chapters\.json$/i.test(name))
    return { code: 'transcript-refused', values: { name, reason } };
  return { code: 'file-not-for-us', values: { name } };
}

/** Returns whether there was no room for the files made. */
export const meansNoSpace = (error: unknown): boolean => error instanceof DiskFull || meansDiskFull(error);
