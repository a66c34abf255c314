import type { FeedEntry } from '../feed-channel.ts';
import { itemChapters } from '../items/item-chapters.ts';
import { webAddress } from '../xml-text.ts';
import { attributesOf, emptyElement, groupElement, type XmlElement } from './xml-element.ts';

export const SIMPLE_CHAPTERS = 'http://podlove.org/simple-chapters';

/** Returns `psc:chapters` (Podlove Simple Chapters 1.2) of an item that has chapters. */
export function simpleChapters({ segment }: Pick<FeedEntry, 'segment'>, origin: string): XmlElement[] {
  const chapters = itemChapters(segment).map(({ start, title, url, img }) =>
    emptyElement(
      'psc:chapter',
      attributesOf({
        start: playTime(start),
        title,
        href: url === undefined ? undefined : webAddress(url, origin),
        image: img === undefined ? undefined : webAddress(img, origin),
      }),
    ),
  );
  return chapters.length === 0 ? [] : [groupElement('psc:chapters', chapters, { version: '1.2' })];
}

/** `00:04:12.500`: Normal Play Time (RFC 2326, section 3.6), with all of its digits, as every reader understands it. */
function playTime(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const clock = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60];
  return `${clock.map(two).join(':')}.${String(milliseconds % 1000).padStart(3, '0')}`;
}
