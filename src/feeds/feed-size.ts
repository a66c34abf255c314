import type { Chapter } from '../model/segment.ts';
import type { FeedEntry } from './feed-channel.ts';

/**
 * How much one feed carries. 300 items are nearly six years of a weekly show. 2 MB of articles and chapters keep the whole under
 * 3.5 MB as text and a quarter of that as it travels, since apps fetch all of it, over and over, often on a phone.
 */
export const FEED_LIMIT = { items: 300, bytes: 2_000_000 } as const;

/** What an item's text is mostly made of. */
type Weighed = {
  episode: Pick<FeedEntry['episode'], 'articleHtml'>;
  segment: Pick<FeedEntry['segment'], 'chapters'>;
};

/** They are written three times over: as elements, in the description, and at the end of the article. */
const chapterBytes = (chapters: readonly Chapter[]): number =>
  chapters.length === 0 ? 0 : 3 * Buffer.byteLength(JSON.stringify(chapters));

/**
 * Returns the first entries, as many as fit the number of items and the bytes (UTF-8) of their articles
 * and chapters together; always at least one when there is one.
 */
export function takeNewest<T extends Weighed>(
  entries: readonly T[],
  limit: { items: number; bytes: number } = FEED_LIMIT,
): T[] {
  const taken: T[] = [];
  let bytes = 0;
  for (const entry of entries) {
    bytes += Buffer.byteLength(entry.episode.articleHtml) + chapterBytes(entry.segment.chapters);
    if (taken.length > 0 && (taken.length >= limit.items || bytes > limit.bytes)) break;
    taken.push(entry);
  }
  return taken;
}

/**
 * Returns the number (from 1, the oldest) of the archive page to which the subscription feed must point, so that no
 * item falls between the two: the newest full page where the feed carries all that came after it, else the newest
 * page. 0 when the feed carries everything (RFC 5005, section 4).
 *
 * @param total items that a complete feed would have; `carried` items in the feed; `size` items of a full page.
 */
export function newestArchivePage({
  total,
  carried,
  size,
}: {
  total: number;
  carried: number;
  size: number;
}): number {
  if (carried >= total) return 0;
  const fullPages = Math.floor(total / size);
  return total - fullPages * size <= carried ? fullPages : fullPages + 1;
}
