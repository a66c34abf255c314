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

/** What staff do, with the handlers of the jobs that it needs. */
export type OpenPublishing = Publishing & {
  handlers: Partial<Record<JobKind, JobHandler>>;
  /** To be called once at the start, before the jobs begin: puts right what a crash cut off. */
  recover(): Promise<void>;
  /** Called when an upload of the draft became ready, was refused, or went: adds the job `write` if that was the last. */
  writeWhenReady(draft: string): Promise<void>;
};

/**
 * Returns what staff do. Several processes may have it open over the same folders; one of them does the jobs.
 *
 *     const publishing = openPublishing({ records, archive, catalogue, prober, jobs, uploads, publicUrl, dataDir });
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
