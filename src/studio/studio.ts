import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Accounts } from '../accounts/accounts.ts';
import type { Archive } from '../archive/archive.ts';
import type { CatalogueQueries } from '../catalogue/catalogue.ts';
import type { Importer } from '../importing/importing.ts';
import type { Jobs } from '../jobs/job.ts';
import type { CrawlerLog } from '../listening/crawler-log.ts';
import type { Publishing } from '../publishing/publishing.ts';
import type { Uploads } from '../publishing/uploads/uploads.ts';
import type { Records } from '../records/records.ts';
import type { SiteDelivery, SitePictures } from '../site/ports.ts';
import type { UncataloguedEpisode } from '../site/preview.ts';
import type { Views } from '../site/views.ts';
import type { StudioAssets } from './assets.ts';

/** The context of every handler of the studio. */
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
  delivery: SiteDelivery;
  crawlers: CrawlerLog;
  bundles: StudioAssets;
  views: Views;
  /** Sends messages when `SMTP_URL` is set. */
  mail: { enabled: boolean; send(message: { to: string; subject: string; text: string }): Promise<void> };
  config: {
    /** The origin under which the public reaches us, without a slash at the end. */
    publicUrl: string;
    /** Whether that is https, on which the names of cookies and the use of passkeys depend. */
    isSecure: boolean;
    language: 'it' | 'en';
  };
  /** The addresses of the fonts that pages load first. */
  fonts: string[];
  /** The network address that a request comes from, by `TRUST_PROXY`. */
  addressOf(req: IncomingMessage): string;
  /** Sends a file on this machine's disk, whole or in ranges. */
  sendFile(
    exchange: { req: IncomingMessage; res: ServerResponse },
    path: string,
    type: string,
  ): Promise<void>;
  /** The real page of an episode that is not in the catalogue. */
  previewPage(uncatalogued: UncataloguedEpisode): Promise<string>;
  /** Aborted when the server ends: streams of events end, too. */
  ending: AbortSignal;
  now: () => number;
  log: { error(details: object, sentence: string): void; warn(details: object, sentence: string): void };
};
