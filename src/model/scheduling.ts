import type { Episode } from './episode.ts';

/**
 * Returns whether the public may see the episode at `now` (milliseconds since 1970). A scheduled episode is a published one
 * whose time is in the future: nothing has to happen at that time for it to be seen. Actions that depend on that second start
 * in publishing/newly-public-episodes.ts; cached pages become stale by catalogue/sqlite/state.ts.
 */
export function isPublic(episode: Pick<Episode, 'status' | 'publishedAt'>, now: number): boolean {
  return episode.status === 'published' && episode.publishedAt <= now;
}
