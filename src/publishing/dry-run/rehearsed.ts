import type { Room } from '../context.ts';
import type { FeedDifference } from '../publishing.ts';
import { FeedWouldBreak } from '../publishing.ts';
import type { OverlayBundle } from './archive-overlay.ts';
import { rehearse } from './dry-run.ts';

/**
 * Returns how the feeds would differ if these folders were otherwise. Throws `FeedWouldBreak` when an app would lose
 * something by it.
 */
export async function rehearsed(room: Room, bundles: OverlayBundle[]): Promise<FeedDifference[]> {
  const differences = await rehearse(room, bundles);
  if (differences.some(({ severity }) => severity === 'stops')) throw new FeedWouldBreak(differences);
  return differences;
}
