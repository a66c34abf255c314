import { NotPicture, PictureTooLarge } from '../../images/picture-errors.ts';
import { openPicture, type PictureSource, pictureBytes, readHead } from '../../images/picture-source.ts';
import { squarePicture } from '../../images/scaled-picture.ts';
import type { DraftContent } from '../drafts/drafts.ts';

export type Crop = NonNullable<DraftContent['cover']['crop']>;

/** Apple, "Artwork requirements": at most so many pixels a side. */
const LARGEST = 3_000;
const QUALITY = 88;
/** The most pixels of a picture to be turned, which needs all of it in memory. */
const MOST_TURNED = 64_000_000;
/** The side of a cover in a sound's tag, for a player's small screen (px). */
const IN_TAG = 1_000;

/**
 * Returns a cover as a JPEG of at most 3000 px a side, turned as EXIF asks, without the camera's metadata.
 * With a crop it is that square of the picture; without one it keeps its shape. Throws `NotPicture`,
 * `PictureTooLarge`.
 */
export async function coverJpeg(source: PictureSource, crop?: Crop): Promise<Buffer> {
  const bytes = await pictureBytes(source);
  const { autoOrient, orientation = 1 } = await readHead(openPicture(bytes));
  const { width, height } = autoOrient;
  if (orientation > 1 && width * height > MOST_TURNED) throw new PictureTooLarge(width, height, MOST_TURNED);
  let picture = openPicture(bytes).autoOrient();
  if (crop !== undefined) picture = picture.extract(squareIn(width, height, crop));
  try {
    return await picture
      .resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#f5f2ec' })
      .toColourspace('srgb')
      .jpeg({ quality: QUALITY })
      .toBuffer();
  } catch (error) {
    throw new NotPicture(`it cannot be read to its end (${error instanceof Error ? error.message : error})`);
  }
}

/** Returns the pixels of a crop, none of them outside the picture. */
function squareIn(
  width: number,
  height: number,
  { x, y, size }: Crop,
): { left: number; top: number; width: number; height: number } {
  const side = Math.max(1, Math.min(Math.round(size * width), width, height));
  const left = Math.min(Math.round(x * width), width - side);
  const top = Math.min(Math.round(y * height), height - side);
  return { left, top, width: side, height: side };
}

/** Returns a cover for a sound's tag: a small square. Throws `NotPicture`, `PictureTooLarge`. */
export async function tagCover(source: PictureSource): Promise<Buffer> {
  const { picture } = await squarePicture(source, IN_TAG);
  return picture.jpeg({ quality: 82 }).toBuffer();
}
