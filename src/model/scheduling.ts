import type { Episode } from './episode.ts';

/**
 * Returns whether the public may see the episode at `now` (milliseconds since 1970). A scheduled episode is a published one whose
 * time is to come: nothing has to happen at its second for it to be seen. What hangs on that second is told by
 * publishing/newly-public-episodes.ts, and that held pages are no longer true by catalogue/sqlite/state.ts.
 */
export function isPublic(episode: Pick<Episode, 'status' | 'publishedAt'>, now: number): boolean {
  return episode.status === 'published' && episode.publishedAt <= now;
}
