import type { PublishingContext } from '../context.ts';
import type { FeedDifference } from '../publishing.ts';
import { FeedWouldBreak } from '../publishing.ts';
import type { OverlayBundle } from './archive-overlay.ts';
import { dryRun } from './dry-run.ts';

/**
 * Returns how the feeds would differ if these folders were otherwise. Throws `FeedWouldBreak` when an app would lose
 * something by it.
 */
export async function dryRunOrRefuse(
  context: PublishingContext,
  bundles: OverlayBundle[],
): Promise<FeedDifference[]> {
  const differences = await dryRun(context, bundles);
  if (differences.some(({ severity }) => severity === 'stops')) throw new FeedWouldBreak(differences);
  return differences;
}
