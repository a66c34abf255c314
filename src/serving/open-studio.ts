import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { openAccounts } from '../accounts/open-accounts.ts';
import { startProber } from '../audio/prober.ts';
import type { Config } from '../config.ts';
import { createImporter } from '../importing/create-importer.ts';
import type { CrawlerLog } from '../listening/crawler-log.ts';
import type { Log } from '../log.ts';
import { createMailer } from '../mail/mailer.ts';
import type { SiteDelivery, SitePictures } from '../site/ports.ts';
import { previewPage } from '../site/preview.ts';
import type { Site } from '../site/site.ts';
import { studioApplication } from '../studio/application.ts';
import { readStudioAssets } from '../studio/assets.ts';
import { clientAddress, trustedProxies } from '../studio/request/client-address.ts';
import { STUDIO_ROUTES } from '../studio/routes.ts';
import type { Studio } from '../studio/studio.ts';
import { openStaffServices } from './open-staff-services.ts';
import type { Stores } from './open-stores.ts';

export type StudioDependencies = {
  stores: Stores;
  site: Site;
  delivery: SiteDelivery;
  pictures: SitePictures;
  crawlers: CrawlerLog;
  log: Log;
};

/** The studio, ready for requests. */
export type OpenStudio = { handle: RequestListener; close(): Promise<void> };

/** Opens the studio. `ending`: aborted when the server ends. */
export async function openStudio(
  config: Config & { publicUrl: string },
  dependencies: StudioDependencies,
  ending: AbortSignal,
): Promise<OpenStudio> {
  const prober = startProber();
  const services = openStaffServices(config, dependencies.stores, { prober });
  const studio = await studioWith(config, dependencies, services, ending);
  return {
    handle: studioApplication(studio, STUDIO_ROUTES),
    close: () => prober.close(),
  };
}

async function studioWith(
  config: Config & { publicUrl: string },
  { site, delivery, pictures, crawlers, log }: StudioDependencies,
  services: ReturnType<typeof openStaffServices>,
  ending: AbortSignal,
): Promise<Studio> {
  const { records } = services;
  const { publicUrl } = config;
  const station = await services.catalogue.station();
  const trusts = trustedProxies(config.trustProxy);
  return {
    ...services,
    accounts: openAccounts({ records, publicUrl, ...(station && { stationName: station.title }) }),
    importer: createImporter(),
    crawlers,
    mail: createMailer(config),
    bundles: await readStudioAssets({
      directory: join(config.dataDir, 'bundles'),
      fonts: (name) => site.assets.path(name),
      log,
    }),
    fonts: ['barlow-condensed-core-600.woff2', 'barlow-condensed-core-800.woff2'].map(site.assets.path),
    pictures,
    delivery,
    views: site.views,
    ending,
    config: {
      publicUrl,
      isSecure: publicUrl.startsWith('https:'),
      language: station?.language.startsWith('en') ? 'en' : 'it',
    },
    addressOf: (req) => clientAddress(req, trusts),
    async sendFile({ req, res }, path, type) {
      const file = {
        kind: 'file' as const,
        path,
        type,
        cacheControl: 'no-store',
        crossOrigin: false,
        headers: {},
      };
      await delivery.send(req, res, file);
    },
    previewPage: (uncatalogued) => previewPage(site, uncatalogued),
    now: Date.now,
    log,
  };
}
