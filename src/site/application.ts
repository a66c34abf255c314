import express from 'express';
import { readAssets } from './assets.ts';
import { addRoutes } from './routes.ts';
import { openSite, type Site, type SiteOptions } from './site.ts';

/**
 * Returns the public site as an Express application: every address of docs/security.md that is not the
 * studio's. It renders what delivery does not hold yet, and hands all of its answers to delivery.
 *
 * @example
 * const config = { publicUrl: 'http://localhost:3000' };
 * const site = await createSite({ catalogue, archive, pictures, peaks, delivery, config, log });
 * createServer((req, res) => site(req, res)).listen(3000);
 */
export async function createSite(options: Omit<SiteOptions, 'assets'>): Promise<express.Express> {
  return siteApplication(openSite({ ...options, assets: await readAssets() }));
}

/** Returns the application that answers every public address. */
export function siteApplication(site: Site): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('query parser', false);
  addRoutes(app, site);
  return app;
}
