import { PICTURE_SIZES, picturePath } from '../../model/addresses.ts';
import type { Picture } from '../../model/station.ts';
import { clipLength, oneLine } from '../xml-text.ts';
import { isNameable, licenceOf } from './licence.ts';
import { attributesOf, emptyElement, textElement, type XmlElement } from './xml-element.ts';

/** Returns `itunes:image` and `podcast:images`: the square that Apple asks for, and the smaller sizes. */
export function pictureElements(picture: Picture, origin: string): XmlElement[] {
  const sizes = PICTURE_SIZES.toReversed().map(
    (size) => `${origin}${picturePath(picture.id, `${size}.jpg`)} ${size}w`,
  );
  return [
    emptyElement('itunes:image', { href: origin + picturePath(picture.id, 'feed.jpg') }),
    emptyElement('podcast:images', { srcset: sizes.join(', ') }),
  ];
}

/** Returns `podcast:license`, where the licence has a name that the element may hold. */
export function licenceElements(licence: string | undefined): XmlElement[] {
  if (licence === undefined || licence.trim() === '') return [];
  const known = licenceOf(oneLine(licence));
  return isNameable(known)
    ? [textElement('podcast:license', clipLength(known.slug, 128), attributesOf({ url: known.url }))]
    : [];
}
