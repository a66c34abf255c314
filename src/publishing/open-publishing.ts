import type { Producer } from '../audio/production/production.ts';
import type { JobHandler, JobKind } from '../jobs/job.ts';
import { drawWaveformsJob } from '../listening/draw-waveforms-job.ts';
import type { PublishingContext } from './context.ts';
import { uploadsChanged } from './drafts/drafts.ts';
import { draftOperations } from './editing/editing.ts';
import {
  binJob,
  binOperations,
  episodeOperations,
  moveJob,
  restoreJob,
  withdrawJob,
} from './episodes/episodes.ts';
import { journalOperations } from './journal.ts';
import type { Publishing } from './publishing.ts';
import { recover } from './recovery.ts';
import { renameShowJob, showOperations, stationOperations } from './shows/shows.ts';
import { writeJob } from './writing/writing.ts';

export type PublishingOptions = Omit<PublishingContext, 'now'> & {
  /** Milliseconds since 1970; the machine's clock where not given. */
  now?: () => number;
  /** What draws waveforms; only where the jobs are done. */
  drawer?: Pick<Producer, 'drawPeaks'>;
};

/** What staff do, and what does the jobs that come of it. */
export type OpenPublishing = Publishing & {
  handlers: Partial<Record<JobKind, JobHandler>>;
  /** To be called once at the start, before the jobs begin: puts right what a crash cut off. */
  recover(): Promise<void>;
  /** To be called whenever an upload of the draft became ready, was refused, or went. */
  uploadsChanged(draft: string): Promise<void>;
};

/**
 * Returns what staff do. Several processes may have it open over the same folders; one of them does the jobs.
 *
 *     const publishing = openPublishing({ records, archive, catalogue, prober, jobs, uploads, publicUrl, dataDir });
 */
export function openPublishing({ now = Date.now, drawer, ...rest }: PublishingOptions): OpenPublishing {
  const context: PublishingContext = { ...rest, now };
  return {
    drafts: draftOperations(context),
    episodes: episodeOperations(context),
    bin: binOperations(context),
    shows: showOperations(context),
    station: stationOperations(context),
    journal: journalOperations(context),
    handlers: {
      write: writeJob(context),
      withdraw: withdrawJob(context),
      bin: binJob(context),
      restore: restoreJob(context),
      move: moveJob(context),
      'rename-show': renameShowJob(context),
      ...(drawer && { draw: drawWaveformsJob(context, drawer) }),
    },
    recover: () => recover(context),
    uploadsChanged: (draft) => uploadsChanged(context, draft),
  };
}
