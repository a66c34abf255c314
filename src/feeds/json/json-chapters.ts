import type { Chapter } from '../../model/segment.ts';
import type { FeedChannel, FeedEntry } from '../feed-channel.ts';
import { itemChapters } from '../items/item-chapters.ts';
import { itemAuthor } from '../items/item-credits.ts';
import { itemTitle } from '../items/item-text.ts';
import { oneLine, webAddress } from '../xml-text.ts';

/**
 * Returns a segment's chapters as JSON chapters 1.2 (Podcasting 2.0), ascending, starts in seconds; to be sent as
 * `application/json+chapters` from `chaptersPath(entry)`.
 */
export function jsonChapters(
  channel: Pick<FeedChannel, 'station' | 'show' | 'origin' | 'title'>,
  entry: FeedEntry,
): string {
  return JSON.stringify({
    version: '1.2.0',
    title: itemTitle(entry),
    author: itemAuthor(channel, entry),
    podcastName: oneLine(channel.show?.title ?? channel.title),
    fileName: entry.segment.file,
    chapters: itemChapters(entry.segment).map((chapter) => jsonChapter(chapter, channel.origin)),
  });
}

function jsonChapter({ start, title, url, img }: Chapter, origin: string): object {
  const page = url === undefined ? undefined : webAddress(url, origin);
  const picture = img === undefined ? undefined : webAddress(img, origin);
  return {
    startTime: start,
    title,
    ...(picture === undefined ? {} : { img: picture }),
    ...(page === undefined ? {} : { url: page }),
  };
}
