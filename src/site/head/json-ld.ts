import { episodePath, feedPath, filePath, picturePath, showPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Show } from '../../model/show.ts';
import { durationIso } from '../look/durations.ts';

const CONTEXT = 'https://schema.org';

/**
 * Returns an episode as schema.org's PodcastEpisode, each segment as an AudioObject in it.
 *
 * @param date the day and time of publication, ISO 8601 with an offset
 */
export function episodeJsonLd(origin: string, episode: Episode, show: Show, date: string): object {
  const address = origin + episodePath(episode.show, episode.slug);
  return {
    '@context': CONTEXT,
    '@type': 'PodcastEpisode',
    '@id': address,
    url: address,
    name: episode.title,
    description: episode.summary,
    datePublished: date,
    inLanguage: episode.language,
    timeRequired: durationIso(episode.segments.reduce((sum, segment) => sum + segment.seconds, 0)),
    image: origin + picturePath(episode.cover.id, '1280.jpg'),
    keywords: episode.tags,
    isFamilyFriendly: !episode.explicit,
    ...(episode.licence === undefined ? {} : { license: episode.licence }),
    ...(episode.number === undefined ? {} : { episodeNumber: episode.number }),
    ...(episode.byline === undefined ? {} : { author: { '@type': 'Person', name: episode.byline } }),
    contributor: episode.people.map(({ name, url }) => ({
      '@type': 'Person',
      name,
      ...(url ? { url } : {}),
    })),
    partOfSeries: series(origin, show),
    associatedMedia: episode.segments.map((segment) => ({
      '@type': 'AudioObject',
      name: segment.title,
      contentUrl: origin + filePath(episode.show, episode.slug, segment),
      encodingFormat: segment.type,
      contentSize: String(segment.bytes),
      duration: durationIso(segment.seconds),
    })),
  };
}

/** Returns a show as schema.org's PodcastSeries. */
export function showJsonLd(origin: string, show: Show): object {
  return {
    '@context': CONTEXT,
    ...series(origin, show),
    description: show.description,
    inLanguage: show.language,
    image: origin + picturePath(show.cover.id, '1280.jpg'),
    author: show.hosts.map(({ name }) => ({ '@type': 'Person', name })),
  };
}

function series(origin: string, show: Show): object {
  const address = origin + showPath(show.slug);
  return {
    '@type': 'PodcastSeries',
    '@id': address,
    url: address,
    name: show.title,
    webFeed: origin + feedPath(showPath(show.slug)),
  };
}
