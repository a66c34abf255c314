import { AVERROR_ENOSPC } from 'node-av/constants';
import { FFmpegError } from 'node-av/lib';
import { DiskFull, ProductionFailed } from './failures.ts';

/** Returns what FFmpeg says of a code. */
export const ffmpegReason = (code: number): string => FFmpegError.strerror(code);

/** Throws `DiskFull` or `ProductionFailed` when FFmpeg returned a fault; `what` is the sentence before its reason. */
export function assertDone(code: number, what: string): void {
  if (code >= 0) return;
  if (code === AVERROR_ENOSPC) throw new DiskFull('there is no room on the disk');
  throw new ProductionFailed(`${what} (${ffmpegReason(code)})`);
}
