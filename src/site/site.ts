import { fileURLToPath } from 'node:url';
import type { Archive } from '../archive/archive.ts';
import type { CatalogueQueries } from '../catalogue/catalogue.ts';
import type { Assets } from './assets.ts';
import { type Frame, fallbackFrame, openFrames } from './frame.ts';
import type { SiteDelivery, SiteLog, SitePeaks, SitePictures } from './ports.ts';
import { embedHeaders, securityHeaders } from './security-headers.ts';
import { type Icons, readIcons } from './view-models/icons.ts';
import { readViews, type Views } from './views.ts';

export type SiteOptions = {
  catalogue: CatalogueQueries;
  archive: Pick<Archive, 'localPath'>;
  pictures: SitePictures;
  peaks: SitePeaks;
  delivery: SiteDelivery;
  /** From `readAssets`. */
  assets: Assets;
  /** `publicUrl`: the origin under which the public reaches us, without a slash at the end. */
  config: { publicUrl: string };
  /** Milliseconds since 1970; the machine's clock if left out. */
  now?: () => number;
  log: SiteLog;
};

/** The context of every page of the site. */
export type Site = Omit<SiteOptions, 'now'> & {
  now: () => number;
  views: Views;
  icons: Icons;
  /** Sent with every page. */
  pageHeaders: Record<string, string>;
  /** Sent with the player that other sites frame. */
  embedHeaders: Record<string, string>;
  /** The station, its shows and their colours, as they are now. Throws `NotReadyYet`. */
  frame(): Promise<Frame>;
  /** The same for an error page that must not fail: our own name and colours. */
  fallbackFrame: Frame;
};

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Returns the context of every page of the site. Reads templates and icons, once. */
export function openSite(options: SiteOptions): Site {
  const { assets } = options;
  const now = options.now ?? Date.now;
  return {
    ...options,
    now,
    assets,
    views: readViews(folder('views')),
    icons: readIcons(folder('public/icons')),
    pageHeaders: securityHeaders(options.config.publicUrl),
    embedHeaders: embedHeaders(options.config.publicUrl),
    frame: openFrames(options.catalogue, assets, now),
    fallbackFrame: fallbackFrame(assets),
  };
}
