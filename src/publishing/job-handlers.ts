import type { Producer } from '../audio/production/production.ts';
import type { JobHandler, JobKind } from '../jobs/job.ts';
import { drawWaveformsJob } from '../listening/draw-waveforms-job.ts';
import type { PublishingContext } from './context.ts';
import { binJob, moveJob, restoreJob, withdrawJob } from './episodes/episodes.ts';
import { renameShowJob } from './shows/shows.ts';
import { writeJob } from './writing/writing.ts';

/** What only the process that runs jobs has. */
export type JobTools = {
  /** Examines an upload and makes its sound: `uploads/examine-job.ts`. */
  examine?: JobHandler;
  /** Draws waveforms. */
  drawer?: Pick<Producer, 'drawPeaks'>;
};

/**
 * Returns the handler of each kind of job. This is the one table of all kinds, each with its subject. A job
 * is added by `jobs.add(kind, subject)`, in the transaction that makes it necessary; the job runner of the
 * work thread calls its handler.
 */
export const jobHandlers = (
  context: PublishingContext,
  { examine, drawer }: JobTools,
): Partial<Record<JobKind, JobHandler>> => ({
  // An upload's id. Once it is `ready`, `writeDraftWhenReady` adds `write`.
  ...(examine && { examine }),
  // A draft's id.
  write: writeJob(context),
  // An episode's key, for the next four.
  withdraw: withdrawJob(context),
  bin: binJob(context),
  move: moveJob(context),
  ...(drawer && { draw: drawWaveformsJob(context, drawer) }),
  // A bin entry's id.
  restore: restoreJob(context),
  // A show's slug.
  'rename-show': renameShowJob(context),
});
