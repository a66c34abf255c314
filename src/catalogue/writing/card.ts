import type { Episode, EpisodeCard } from '../../model/episode.ts';

/** A card as it is stored: the show's title is added when it is read, since a show may be renamed. */
export type StoredCard = Omit<EpisodeCard, 'showTitle'>;

/** Returns what lists show of an episode; `seconds` is the sum of its segments. */
export function cardOf(episode: Episode): StoredCard {
  const { show, slug, guid, title, publishedAt, summary, people, cover, explicit } = episode;
  const segments = episode.segments.map((segment) => {
    const { file, fingerprint, type, title, seconds } = segment;
    return { file, fingerprint, type, title, seconds };
  });
  const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  return { show, slug, guid, title, publishedAt, summary, people, cover, explicit, seconds, segments };
}
