import type { Producer } from '../audio/production/production.ts';
import type { JobHandler, JobKind } from '../jobs/job.ts';
import { drawHandler } from '../listening/draw-waveforms-job.ts';
import type { Room } from './context.ts';
import { uploadsChanged } from './drafts/write-when-ready.ts';
import { draftsOf } from './editing/editing.ts';
import { binnedOf, restoreHandler } from './episodes/bin.ts';
import { binHandler } from './episodes/bin-episode.ts';
import { episodesOf } from './episodes/episodes.ts';
import { moveHandler } from './episodes/move-episode.ts';
import { withdrawHandler } from './episodes/withdraw-episode.ts';
import { journalOf } from './journal.ts';
import type { Publishing } from './publishing.ts';
import { recover } from './recovery.ts';
import { renameShowHandler } from './shows/rename-show.ts';
import { showsOf } from './shows/shows.ts';
import { stationOf } from './shows/station.ts';
import { writeHandler } from './writing/write-job.ts';

export type PublishingOptions = Omit<Room, 'now'> & {
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
  const room: Room = { ...rest, now };
  return {
    drafts: draftsOf(room),
    episodes: episodesOf(room),
    binned: binnedOf(room),
    shows: showsOf(room),
    station: stationOf(room),
    journal: journalOf(room),
    handlers: {
      write: writeHandler(room),
      withdraw: withdrawHandler(room),
      bin: binHandler(room),
      restore: restoreHandler(room),
      move: moveHandler(room),
      'rename-show': renameShowHandler(room),
      ...(drawer && { draw: drawHandler(room, drawer) }),
    },
    recover: () => recover(room),
    uploadsChanged: (draft) => uploadsChanged(room, draft),
  };
}
