import type { Episode, EpisodeStatus } from '../model/episode.ts';
import type { Studio } from './studio.ts';

const LOOK_MS = 50;
/** The index is a moment behind the folders; this is the longest wait to see one's own change (ms). */
const PATIENCE_MS = 2_000;
/** When one process sees a new state of the index, all others see it within this time (ms). */
const EVERYBODY_MS = 20;

/** Returns the folder that a job says it wrote: its result's `episode`. */
export function episodeIn(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('episode' in result)) return undefined;
  return typeof result.episode === 'string' ? result.episode : undefined;
}

/** Returns the status that a job says it gave the folder; `undefined` where that kept its own. */
export function statusIn(result: unknown): EpisodeStatus | undefined {
  if (typeof result !== 'object' || result === null || !('status' in result)) return undefined;
  const { status } = result;
  return status === 'published' || status === 'review' ? status : undefined;
}

/**
 * Returns the episode of a folder that was just written, as soon as `isWanted` accepts what the index has, or
 * what the index has when patience ends; `undefined` if it has none.
 */
export async function indexedEpisode(
  { catalogue }: Pick<Studio, 'catalogue'>,
  key: string,
  isWanted: (episode: Episode | undefined) => boolean = (episode) => episode !== undefined,
): Promise<Episode | undefined> {
  const [show = '', slug = ''] = key.split('/');
  for (let waited = 0; ; waited += LOOK_MS) {
    const episode = await catalogue.episodeOfAnyStatus(show, slug);
    const isEnd = isWanted(episode) || waited >= PATIENCE_MS;
    await new Promise((resolve) => setTimeout(resolve, isEnd ? EVERYBODY_MS : LOOK_MS));
    if (isEnd) return episode;
  }
}
