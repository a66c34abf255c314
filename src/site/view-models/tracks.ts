import { episodePath, filePath, picturePath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import type { Picture } from '../../model/station.ts';
import type { Link } from '../links.ts';

/** A segment as the browser's player knows it (`Track` in public/js/player/engine.js). */
export type ListedTrack = {
  src: string;
  type: string;
  title: string;
  show: string;
  page: string;
  picture: string;
  seconds: number;
  segment: number;
};

type Published = Pick<Episode, 'show' | 'slug' | 'title'> & {
  cover: Pick<Picture, 'id'>;
  segments: readonly Pick<Segment, 'file' | 'fingerprint' | 'title' | 'type' | 'seconds'>[];
};

/** Returns an episode's segments for the player. The only segment of an episode has the episode's title. */
export function trackViews(
  { show, slug, title, cover, segments }: Published,
  showTitle: string,
  link: Link,
): ListedTrack[] {
  return segments.map((segment, position) => ({
    src: filePath(show, slug, segment),
    type: segment.type,
    title: segments.length === 1 ? title : segment.title,
    show: showTitle,
    page: link(episodePath(show, slug)),
    picture: picturePath(cover.id, '320.jpg'),
    seconds: segment.seconds,
    segment: position,
  }));
}
