import { embedPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Link } from '../links.ts';
import { escapeHtml } from './escape.ts';

/** Width and height in px. */
export type FrameSize = { width: number; height: number };

/** A position in an episode: `segment` from 0, `seconds` from its beginning. */
export type Place = { segment: number; seconds?: number | undefined };

/** Returns the size of the frame in which an episode's player has room for all that it shows. */
export function embedFrameSize({ segments }: Pick<Episode, 'segments'>): FrameSize {
  const hasList = segments.length > 1 || segments.some(({ chapters }) => chapters.length > 0);
  return { width: 640, height: hasList ? 320 : 180 };
}

/**
 * The query that names a place: `segment` from 1, left out for the first; `t` in whole seconds, left out at
 * the start.
 */
export function placeParameters({ segment, seconds = 0 }: Place): Record<string, string | undefined> {
  return {
    segment: segment > 0 ? String(segment + 1) : undefined,
    t: seconds >= 1 ? String(Math.floor(seconds)) : undefined,
  };
}

/** Returns the address of an episode's player for frames. */
export function embedAddress(
  origin: string,
  link: Link,
  episode: Pick<Episode, 'show' | 'slug'>,
  place: Place = { segment: 0 },
): string {
  return origin + link(embedPath(episode.show, episode.slug), placeParameters(place));
}

/**
 * Returns the HTML that shows a player in another site. `allow`: what the player may ask of browsers, for
 * copying and for playing at the first tap.
 */
export function embedCode(
  address: string,
  title: string,
  size: { width: number | '100%'; height: number },
): string {
  return `<iframe src="${escapeHtml(address)}" title="${escapeHtml(title)}" width="${size.width}" height="${size.height}" frameborder="0" loading="lazy" allow="autoplay; clipboard-write"></iframe>`;
}
