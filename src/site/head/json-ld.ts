import { momentPath } from '../../feeds/feeds.ts';
import {
  embedPath,
  episodePath,
  feedPath,
  filePath,
  picturePath,
  showPath,
  transcriptPath,
} from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import type { Show } from '../../model/show.ts';
import { TRANSCRIPT_TYPES } from '../../model/transcript.ts';
import { durationIso } from '../view-models/durations.ts';

const CONTEXT = 'https://schema.org';

/**
 * Returns an episode as schema.org's PodcastEpisode, each segment as an AudioObject in it with its transcript
 * as its caption, each chapter as a Clip.
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
    associatedMedia: episode.segments.map((segment, position) =>
      audioObject(origin, episode, segment, position),
    ),
    ...partsOf(origin, episode),
  };
}

function audioObject(origin: string, episode: Episode, segment: Segment, position: number): object {
  const { transcript } = segment;
  const which = position > 0 ? `?segment=${position + 1}` : '';
  return {
    '@type': 'AudioObject',
    name: segment.title,
    contentUrl: origin + filePath(episode.show, episode.slug, segment),
    embedUrl: origin + embedPath(episode.show, episode.slug) + which,
    encodingFormat: segment.type,
    contentSize: String(segment.bytes),
    duration: durationIso(segment.seconds),
    ...(transcript === undefined
      ? {}
      : {
          // schema.org, "caption": for formats that machines read, a MediaObject that says which.
          caption: {
            '@type': 'MediaObject',
            contentUrl: origin + transcriptPath(episode.show, episode.slug, transcript, 'vtt'),
            encodingFormat: TRANSCRIPT_TYPES.vtt,
            inLanguage: transcript.language,
          },
        }),
  };
}

/** Returns the chapters, each from its beginning to that of the next (whole seconds). */
function partsOf(origin: string, episode: Episode): { hasPart?: object[] } {
  const clips = episode.segments.flatMap((segment, position) =>
    segment.chapters.map(({ start, title }, index) => ({
      '@type': 'Clip',
      name: title,
      startOffset: Math.floor(start),
      endOffset: Math.floor(segment.chapters[index + 1]?.start ?? segment.seconds),
      url: origin + momentPath({ episode, position }, Math.floor(start)),
    })),
  );
  return clips.length === 0 ? {} : { hasPart: clips };
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
