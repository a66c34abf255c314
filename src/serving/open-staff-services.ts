import type { Prober } from '../audio/prober.ts';
import { HOUSE_RULES, type Producer } from '../audio/production/production.ts';
import type { Config } from '../config.ts';
import { openJobs } from '../jobs/jobs.ts';
import { openPublishing } from '../publishing/open-publishing.ts';
import { openUploads } from '../publishing/uploads/uploads.ts';
import type { Stores } from './open-stores.ts';

/**
 * Child processes for audio. Only the work thread has a producer and a drawer; others leave such work to
 * jobs.
 */
export type AudioWorkers = { prober: Prober; producer?: Producer; drawer?: Pick<Producer, 'drawPeaks'> };

/** Opens jobs, uploads and publishing: in each process that serves, and in the work thread. */
export function openStaffServices(
  config: Config & { publicUrl: string },
  { archive, catalogue, records }: Stores,
  { prober, producer, drawer }: AudioWorkers,
) {
  const { dataDir, episodesDir, publicUrl } = config;
  const jobs = openJobs({ records });
  const uploads = openUploads({
    records,
    jobs,
    dataDir,
    episodesDir,
    maxBytes: config.maxUploadBytes,
    keepOriginalsDays: config.keepOriginalsDays,
    rules: { ...HOUSE_RULES, monoBitrate: config.monoBitrate, stereoBitrate: config.stereoBitrate },
    // The hand-over from receiving files to writing folders.
    onSettled: (draft) => publishing.writeWhenReady(draft),
    ...(producer === undefined ? {} : { producer }),
  });
  const publishing = openPublishing({
    records,
    archive,
    catalogue,
    prober,
    jobs,
    uploads,
    publicUrl,
    dataDir,
    examine: uploads.examine,
    ...(drawer === undefined ? {} : { drawer }),
  });
  return { archive, catalogue, records, jobs, uploads, publishing };
}
