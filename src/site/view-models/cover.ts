import { PICTURE_SIZES, picturePath } from '../../model/addresses.ts';
import type { Picture } from '../../model/station.ts';

type Size = (typeof PICTURE_SIZES)[number];

export type CoverSources = { avif: string; webp: string; jpg: string; src: string; width: number };

/**
 * Returns the `srcset` of a square cover in each format, and the plain address for browsers that support none
 * of them. Sizes above the picture's own are left out, except the first that holds all of it.
 *
 * @param size the width in px of the plain address and of the space that is kept free for the picture
 */
export function coverSources(picture: Pick<Picture, 'id' | 'width'>, size: Size): CoverSources {
  const enough = PICTURE_SIZES.find((each) => each >= picture.width) ?? 1280;
  const offered = PICTURE_SIZES.filter((each) => each <= Math.max(enough, size));
  const set = (format: 'avif' | 'webp' | 'jpg'): string =>
    offered.map((each) => `${picturePath(picture.id, `${each}.${format}`)} ${each}w`).join(', ');
  return {
    avif: set('avif'),
    webp: set('webp'),
    jpg: set('jpg'),
    src: picturePath(picture.id, `${size}.jpg`),
    width: size,
  };
}
