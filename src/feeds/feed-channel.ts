import type { Episode } from '../model/episode.ts';
import { guidWithin } from '../model/guid.ts';
import type { Segment } from '../model/segment.ts';
import type { Show } from '../model/show.ts';
import type { Category, Station } from '../model/station.ts';

/** One item of a feed: a segment in its episode; `position` is its index in `episode.segments`. */
export type FeedEntry = { episode: Episode; segment: Segment; position: number };

/**
 * What this document is among the documents of one feed (RFC 5005): all there is (section 2), the newest items with
 * older ones elsewhere, or one page of those older ones (section 4). Paths begin with `/`.
 */
export type FeedPlace =
  | { kind: 'complete' }
  | { kind: 'newest'; previousPath?: string | undefined }
  | {
      kind: 'archive';
      currentPath: string;
      previousPath?: string | undefined;
      nextPath?: string | undefined;
    };

/**
 * What a feed says of itself. With `show` it is that show's podcast; without, the station's (`sitePath` is `/`) or a
 * view of it (a tag, a category), which has a guid of its own.
 */
export type FeedChannel = {
  station: Station;
  show?: Show | undefined;
  title: string;
  /** Plain text. */
  description: string;
  /** `https://ascolta.example.org`, without a slash at its end. */
  origin: string;
  /** The address of this very document, from `/`. */
  selfPath: string;
  /** The page that shows the same, from `/`. */
  sitePath: string;
  /** Only for feeds without a show; `News` where it is left out, since Apple asks for one. */
  category?: Category | undefined;
  place?: FeedPlace | undefined;
};

/** Returns the guid for `podcast:guid`: the show's, the station's, or one derived for a view of the station. */
export function channelGuid({ station, show, sitePath }: FeedChannel): string {
  if (show !== undefined) return show.guid;
  return sitePath === '/' || sitePath === '' ? station.guid : guidWithin(station.guid, sitePath);
}

/** Returns the language (BCP 47) in which most of the feed is spoken. */
export const channelLanguage = ({ station, show }: FeedChannel): string => show?.language ?? station.language;

/** Returns whether anything in the feed is explicit: Apple wants the channel to say so for all of its items. */
export function channelExplicit({ show }: FeedChannel, entries: readonly FeedEntry[]): boolean {
  return show?.explicit ?? entries.some(({ episode }) => episode.explicit);
}

/** Returns when the feed last changed by its newest item, in milliseconds since 1970; `undefined` without items. */
export function newestAt(entries: readonly FeedEntry[]): number | undefined {
  let newest: number | undefined;
  for (const { episode } of entries) {
    if (newest === undefined || episode.publishedAt > newest) newest = episode.publishedAt;
  }
  return newest;
}
