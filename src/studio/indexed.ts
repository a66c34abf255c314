import type { Episode } from '../model/episode.ts';
import type { Studio } from './studio.ts';

const LOOK_MS = 50;

/**
 * Returns the episode of a folder that was written just now: its page is there as soon as the index has read it, a blink later.
 * `undefined` when it has not after so long (ms).
 */
export async function indexedEpisode(
  { catalogue }: Pick<Studio, 'catalogue'>,
  key: string,
  patience: number,
): Promise<Episode | undefined> {
  const [show = '', slug = ''] = key.split('/');
  for (let waited = 0; ; waited += LOOK_MS) {
    const episode = await catalogue.episodeOfAnyStatus(show, slug);
    if (episode !== undefined || waited >= patience) return episode;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
