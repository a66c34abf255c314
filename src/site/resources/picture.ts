import mime from 'mime';
import type { PictureOrigin } from '../../catalogue/catalogue.ts';
import { isPictureVariant, type PictureVariant, picturePath } from '../../model/addresses.ts';
import { NotFound } from '../errors.ts';
import type { PageRequest } from '../page-request.ts';
import { FOR_EVER, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

/**
 * `/pictures/:id/:variant`: one made size of a picture. Only the listed sizes exist, so that nobody can order
 * others.
 */
export async function picture(site: Site, request: PageRequest): Promise<SiteResponse> {
  const id = request.part('id');
  const variant = request.part('variant');
  if (!isPictureVariant(variant)) throw new NotFound('There is no such size');
  return {
    resource: {
      kind: 'file',
      path: await madePicture(site, id, variant),
      type: mime.getType(variant) ?? 'application/octet-stream',
      cacheControl: FOR_EVER,
      crossOrigin: true,
      headers: {},
    },
    cacheKey: picturePath(id, variant),
  };
}

/**
 * Returns where a made size of a picture lies on this machine's disk. Throws `NotFound` and what the picture
 * store throws.
 */
export async function madePicture(site: Site, id: string, variant: PictureVariant): Promise<string> {
  const found = await site.catalogue.picture(id);
  if (found === undefined) throw new NotFound('There is no such picture');
  return site.pictures.variant(id, variant, () => loadPicture(site, found.origin));
}

/** Returns what a picture is made from: a file's path or its bytes. Throws `NotFound` when it is gone. */
async function loadPicture(site: Site, origin: PictureOrigin): Promise<string | Uint8Array> {
  // Each variant is made once and then only sent, so the code that makes it is loaded only where it is
  // needed.
  if (origin.from === 'drawing') return (await import('../../images/drawing.ts')).renderCover(origin);
  const path = await site.archive.localPath(origin.fileKey);
  if (path === undefined) throw new NotFound('The picture is not there any more');
  if (origin.from === 'file') return path;
  const { readEmbeddedPicture } = await import('../../audio/probe.ts');
  const embedded = await readEmbeddedPicture(path);
  if (embedded === undefined) throw new NotFound('The audio carries no picture any more');
  return embedded.bytes;
}
