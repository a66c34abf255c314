import { makeEdition } from '../../delivery/delivery.ts';
import { SEARCH_PATH } from '../../model/addresses.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

/** `/robots.txt` (RFC 9309): everything is open except the results of searches, which are endless. */
export async function robots(site: Site): Promise<SiteResponse> {
  const body = `User-agent: *\nDisallow: ${SEARCH_PATH}?\nSitemap: ${site.config.publicUrl}/sitemap.xml\n`;
  const resource = makeEdition({
    type: 'text/plain; charset=utf-8',
    body,
    cacheControl: 'public, max-age=86400',
  });
  return { resource, cacheKey: '/robots.txt' };
}
