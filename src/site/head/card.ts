import type { ShowSummary } from '../../catalogue/catalogue.ts';
import { type Card, cardMark } from '../../images/card-mark.ts';
import { episodePath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { PageRequest } from '../page-request.ts';
import type { Site } from '../site.ts';
import { durationText } from '../view-models/durations.ts';

/** Returns what an episode's card shows now: its waveforms too, as far as they are drawn. */
export async function socialCard(
  site: Pick<Site, 'peaks'>,
  request: Pick<PageRequest, 'frame'>,
  show: Pick<ShowSummary, 'title' | 'colour'>,
  episode: Episode,
): Promise<Card> {
  const { station } = request.frame;
  const { segments } = episode;
  return {
    title: episode.title,
    show: show.title,
    station: station.title,
    frequency: station.frequency ?? '',
    duration: durationText(segments.reduce((sum, { seconds }) => sum + seconds, 0)),
    colour: show.colour,
    seed: episode.guid,
    sounds: await Promise.all(
      segments.map(async ({ seconds, fingerprint }) => ({
        seconds,
        peaks: await site.peaks.read(fingerprint),
      })),
    ),
  };
}

/** The address of an episode's card, in a name that changes with what it shows: `…/card-1f2e3d4c5b.png`. */
export const cardPath = (episode: Pick<Episode, 'show' | 'slug'>, card: Card): string =>
  `${episodePath(episode.show, episode.slug)}/card-${cardMark(card)}.png`;
