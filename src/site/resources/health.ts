import { makeEdition } from '../../delivery/delivery.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

/**
 * `/healthz`: whether this process answers and its catalogue can be read; `ready` once the station has been
 * indexed.
 */
export async function health(site: Site): Promise<SiteResponse> {
  const ready = (await site.catalogue.station()) !== undefined;
  const body = JSON.stringify({ ok: true, ready });
  return { resource: makeEdition({ type: 'application/json', body, cacheControl: 'no-store' }) };
}
