import type { ItemOptions } from 'podcast';
import { filePath, transcriptPath } from '../../model/addresses.ts';
import { TRANSCRIPT_TYPES } from '../../model/transcript.ts';
import type { FeedChannel, FeedEntry } from '../feed-channel.ts';
import { chaptersPath, segmentPagePath } from '../items/item-addresses.ts';
import { itemChapters } from '../items/item-chapters.ts';
import { itemAuthor, itemPeople, itemSubjects } from '../items/item-credits.ts';
import { itemDescription, itemSummary, itemTitle } from '../items/item-text.ts';
import { clipLength } from '../xml-text.ts';
import { personElements } from './people.ts';
import { licenceElements, pictureElements } from './shared-elements.ts';
import { simpleChapters } from './simple-chapters.ts';
import { attributesOf, emptyElement, textElement, type XmlElement } from './xml-element.ts';

/** The words around an item's numbers, in the languages that the site speaks. */
const SEASON: Record<string, string> = { it: 'Stagione', en: 'Season' };

/** Returns what `podcast` needs to write one segment as an item, but for the article. `lines`: its times (`timeLines`). */
export function itemOptions(channel: FeedChannel, entry: FeedEntry, lines: readonly string[]): ItemOptions {
  const { episode, segment } = entry;
  const { origin } = channel;
  const summary = itemSummary(entry);
  return {
    title: itemTitle(entry),
    description: itemDescription(entry, lines),
    url: origin + segmentPagePath(entry),
    guid: segment.guid,
    categories: itemSubjects(episode),
    author: itemAuthor(channel, entry),
    date: new Date(episode.publishedAt),
    enclosure: {
      url: origin + filePath(episode.show, episode.slug, segment),
      size: segment.bytes,
      type: segment.type,
    },
    customElements: [...appleElements(channel, entry, summary), ...podcastingElements(channel, entry)],
  };
}

function appleElements(channel: FeedChannel, entry: FeedEntry, summary: string): XmlElement[] {
  const { episode, segment } = entry;
  const seconds = Math.round(segment.seconds);
  return [
    textElement('itunes:title', itemTitle(entry)),
    textElement('itunes:author', itemAuthor(channel, entry)),
    textElement('itunes:summary', clipLength(summary, 4000)),
    textElement('itunes:explicit', String(episode.explicit)),
    ...(seconds > 0 ? [textElement('itunes:duration', seconds)] : []),
    ...pictureElements(episode.cover, channel.origin),
    ...numbered('itunes:season', episode.season),
    ...numbered('itunes:episode', episode.number),
    textElement('itunes:episodeType', episode.type),
  ];
}

// Apple and PSP-1: season and episode are integers above zero.
const numbered = (name: string, number: number | undefined): XmlElement[] =>
  number !== undefined && Number.isInteger(number) && number > 0 ? [textElement(name, number)] : [];

function podcastingElements(channel: FeedChannel, entry: FeedEntry): XmlElement[] {
  const { episode, segment } = entry;
  const { origin, show } = channel;
  const { transcript } = segment;
  const transcripts =
    transcript === undefined
      ? []
      : TIMED_FORMS.map((form) =>
          emptyElement(
            'podcast:transcript',
            attributesOf({
              url: origin + transcriptPath(episode.show, episode.slug, transcript, form),
              type: TRANSCRIPT_TYPES[form],
              language: transcript.language,
              rel: 'captions',
            }),
          ),
        );
  const people = itemPeople(entry);
  return [
    ...seasonAndEpisode(entry),
    ...transcripts,
    ...(itemChapters(segment).length > 0
      ? [
          emptyElement('podcast:chapters', {
            url: origin + chaptersPath(entry),
            type: 'application/json+chapters',
          }),
        ]
      : []),
    ...simpleChapters(entry, origin),
    ...(people.length > 0 ? personElements(people, show?.hosts ?? [], origin) : []),
    // The channel's licence holds for every item that has none of its own.
    ...licenceElements(episode.licence),
  ];
}

// Podcasting 2.0, tag "transcript": `captions` says that time codes are in the file.
const TIMED_FORMS = ['vtt', 'srt', 'json'] as const;

function seasonAndEpisode({ episode, position }: FeedEntry): XmlElement[] {
  const { season, number, segments, language } = episode;
  const elements: XmlElement[] = [];
  if (season !== undefined && Number.isInteger(season)) {
    const word = SEASON[language.split('-', 1)[0] ?? ''] ?? SEASON.en ?? '';
    // The published schema requires the name.
    elements.push(textElement('podcast:season', season, { name: `${word} ${season}` }));
  }
  if (number !== undefined) {
    const display = segments.length > 1 ? `${number} (${position + 1}/${segments.length})` : undefined;
    elements.push(textElement('podcast:episode', number, display === undefined ? undefined : { display }));
  }
  return elements;
}
