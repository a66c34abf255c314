import type { Archive } from '../archive/archive.ts';
import type { Prober } from '../audio/prober.ts';
import type { CatalogueMemory, CatalogueQueries } from '../catalogue/catalogue.ts';
import type { Jobs } from '../jobs/job.ts';
import type { Records } from '../records/records.ts';
import type { Uploads } from './uploads/uploads.ts';

/** What every part of publishing works with. */
export type PublishingContext = {
  records: Records;
  archive: Archive;
  /** Open for reading: only the indexer writes it. */
  catalogue: CatalogueQueries & CatalogueMemory;
  prober: Prober;
  jobs: Jobs;
  uploads: Uploads;
  /** The origin under which the public reaches the station, without a slash at the end. */
  publicUrl: string;
  dataDir: string;
  /** Milliseconds since 1970. */
  now: () => number;
};
