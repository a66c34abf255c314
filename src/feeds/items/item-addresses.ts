import { episodePath, filePath } from '../../model/addresses.ts';
import type { FeedEntry } from '../feed-channel.ts';

type InEpisode = { episode: { show: string; slug: string; segments: readonly unknown[] }; position: number };

/** The address of a segment's JSON chapters, in a name that changes with the audio's bytes. */
export function chaptersPath({ episode, segment }: Pick<FeedEntry, 'episode' | 'segment'>): string {
  return `${filePath(episode.show, episode.slug, segment)}.chapters.json`;
}

/** The id under which the episode page shows a segment; `position` from 0, the id's number from 1. */
export const segmentAnchor = (position: number): string => `segment-${position + 1}`;

/** The address of the page where a segment is read and heard: with its anchor where the episode has several. */
export function segmentPagePath({ episode, position }: InEpisode): string {
  const page = episodePath(episode.show, episode.slug);
  return episode.segments.length > 1 ? `${page}#${segmentAnchor(position)}` : page;
}

/**
 * The address of a moment: `?t=252`, and `?segment=2&t=252` from the second segment on (counted from 1); with the id of the
 * passage that it belongs to, the page shows that one also without a script.
 */
export function momentPath({ episode, position }: InEpisode, seconds: number, passage?: string): string {
  const which = position > 0 ? `segment=${position + 1}&` : '';
  const where = passage === undefined ? '' : `#${encodeURIComponent(passage)}`;
  return `${episodePath(episode.show, episode.slug)}?${which}t=${seconds}${where}`;
}
