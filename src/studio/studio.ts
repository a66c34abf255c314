import type { Accounts } from '../accounts/accounts.ts';
import type { Archive } from '../archive/archive.ts';
import type { CatalogueQueries } from '../catalogue/catalogue.ts';
import type { Importer } from '../importing/importing.ts';
import type { Jobs } from '../publishing/job.ts';
import type { Publishing } from '../publishing/publishing.ts';
import type { Uploads } from '../publishing/uploads.ts';
import type { Records } from '../records/records.ts';
import type { SitePictures } from '../site/doors.ts';
import type { Views } from '../site/views.ts';
import type { Bundles } from './bundles.ts';

/** What every handler of the studio has at hand. */
export type Studio = {
  accounts: Accounts;
  publishing: Publishing;
  uploads: Uploads;
  jobs: Jobs;
  importer: Importer;
  records: Records;
  catalogue: CatalogueQueries;
  archive: Archive;
  pictures: SitePictures;
  bundles: Bundles;
  views: Views;
  /** Sends messages when `SMTP_URL` is set. */
  mail: { enabled: boolean; send(message: { to: string; subject: string; text: string }): Promise<void> };
  config: {
    /** The origin under which the public reaches us, without a slash at the end. */
    publicUrl: string;
    /** Whether that is https: what cookies may be called, and whether passkeys work. */
    isSecure: boolean;
    language: 'it' | 'en';
  };
  now: () => number;
  log: { error(details: object, sentence: string): void; warn(details: object, sentence: string): void };
};
