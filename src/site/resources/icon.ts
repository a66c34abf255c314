import { makeEdition } from '../../delivery/delivery.ts';
import { NotFound } from '../errors.ts';
import type { PageRequest } from '../page-request.ts';
import { FOR_EVER, redirectTo, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { type AppIcon, iconNamed, iconPath, stationInitials } from '../view-models/app-icon.ts';

/** `/icons/:name`: an icon of the installed site. A former name redirects to the present one. */
export async function icon(site: Site, request: PageRequest): Promise<SiteResponse> {
  const name = request.part('name');
  const wanted = iconNamed(name);
  if (wanted === undefined) throw new NotFound('There is no such icon');
  const path = iconPath(request.frame.station, wanted);
  if (path !== `/icons/${name}`) return redirectTo(302, path);
  const resource = makeEdition({
    type: wanted === 'mono.svg' ? 'image/svg+xml' : 'image/png',
    body: await drawn(site, request, wanted),
    cacheControl: FOR_EVER,
  });
  return { resource, cacheKey: path };
}

/**
 * Returns the station's own cover if it has one; its initials if not, and where a mask would cut off a
 * cover's words.
 */
async function drawn(site: Site, request: PageRequest, wanted: AppIcon): Promise<Buffer | string> {
  const { title, colour, cover } = request.frame.station;
  const drawing = { initials: stationInitials(title), colour };
  // Icons are drawn a few times in a station's life, so the code for it is loaded only where it is needed.
  const { drawIcon, pictureIcon, renderIcon } = await import('../../images/icon.ts');
  if (wanted === 'mono.svg') return drawIcon(drawing, 'none');
  const side = Number(/\d+/.exec(wanted)?.[0]);
  if (wanted.startsWith('maskable')) return renderIcon(drawing, side);
  const origin = cover && (await site.catalogue.picture(cover.id))?.origin;
  const file = origin?.from === 'file' ? await site.archive.localPath(origin.fileKey) : undefined;
  return file === undefined ? renderIcon(drawing, side) : pictureIcon(file, side);
}
