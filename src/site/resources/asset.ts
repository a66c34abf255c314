import { makeEdition } from '../../delivery/delivery.ts';
import type { Asset } from '../assets.ts';
import { NotFound } from '../errors.ts';
import { FOR_EVER, redirectTo, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

/** `/assets/:name`: a sheet, a script, a font. A former name redirects to the present one. */
export async function asset(site: Site, name: string): Promise<SiteResponse> {
  const found = site.assets.find(name) ?? (await findInPresentDress(site, name));
  if (found === undefined) {
    const present = site.assets.presentNameOf(name);
    if (present === undefined) throw new NotFound('There is no such asset');
    return redirectTo(302, `/assets/${present}`);
  }
  // A sandboxed frame has no origin, so it loads only modules that are open to every origin.
  const crossOrigin = /^(?:embed|favicon)-/.test(name);
  const resource = makeEdition({ ...found, cacheControl: FOR_EVER, crossOrigin });
  return { resource, cacheKey: `/assets/${name}` };
}

/**
 * Looks again once the station's colours are known here: the page that names the sheet may come from another
 * process.
 */
async function findInPresentDress(site: Site, name: string): Promise<Asset | undefined> {
  await site.frame().catch(() => site.fallbackFrame);
  return site.assets.find(name);
}
