import type { JobHandler, JobKind } from '../jobs/job.ts';
import type { PublishingContext } from './context.ts';
import { writeDraftWhenReady } from './drafts/drafts.ts';
import { draftOperations } from './editing/editing.ts';
import { binOperations, episodeOperations } from './episodes/episodes.ts';
import { type JobTools, jobHandlers } from './job-handlers.ts';
import { journalOperations } from './journal.ts';
import type { Publishing } from './publishing.ts';
import { recover } from './recovery.ts';
import { showOperations, stationOperations } from './shows/shows.ts';

export type PublishingOptions = Omit<PublishingContext, 'now'> &
  JobTools & {
    /** Milliseconds since 1970; the machine's clock where not given. */
    now?: () => number;
  };

/** The use cases of staff, with the handlers of their jobs. */
export type OpenPublishing = Publishing & {
  handlers: Partial<Record<JobKind, JobHandler>>;
  /** Repairs what a crash cut off. Called once at the start, before jobs run. */
  recover(): Promise<void>;
  /**
   * Called when an upload of the draft became ready, was refused or was removed: adds the job `write` if none
   * is missing now.
   */
  writeWhenReady(draft: string): Promise<void>;
};

/**
 * Opens the use cases of staff. Several processes may do so over the same folders; one of them runs the jobs.
 *
 *     const stores = { records, archive, catalogue, dataDir };
 *     const publishing = openPublishing({ ...stores, prober, jobs, uploads, publicUrl });
 */
export function openPublishing({
  now = Date.now,
  examine,
  drawer,
  ...rest
}: PublishingOptions): OpenPublishing {
  const context: PublishingContext = { ...rest, now };
  return {
    drafts: draftOperations(context),
    episodes: episodeOperations(context),
    bin: binOperations(context),
    shows: showOperations(context),
    station: stationOperations(context),
    journal: journalOperations(context),
    handlers: jobHandlers(context, { examine, drawer }),
    recover: () => recover(context),
    writeWhenReady: (draft) => writeDraftWhenReady(context, draft),
  };
}
