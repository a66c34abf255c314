import type { FeedOptions } from 'podcast';
import { picturePath } from '../../model/addresses.ts';
import type { Category, Picture } from '../../model/station.ts';
import {
  channelExplicit,
  channelGuid,
  channelLanguage,
  type FeedChannel,
  type FeedEntry,
} from '../feed-channel.ts';
import { itemChapters } from '../items/item-chapters.ts';
import { channelDescription } from '../items/item-text.ts';
import { clipLength, isEmail, oneLine, webAddress } from '../xml-text.ts';
import { licenceOf } from './licence.ts';
import { personElements } from './people.ts';
import { licenceElements, pictureElements } from './shared-elements.ts';
import { SIMPLE_CHAPTERS } from './simple-chapters.ts';
import { emptyElement, groupElement, textElement, type XmlElement } from './xml-element.ts';

const NAMESPACES = {
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  podcast: 'https://podcastindex.org/namespace/1.0',
  fh: 'http://purl.org/syndication/history/1.0',
};

// The validator warns of the chapters' namespace, which it does not know: only where there are any.
const namespacesOf = (entries: readonly FeedEntry[]): Record<string, string> =>
  entries.some(({ segment }) => itemChapters(segment).length > 0)
    ? { ...NAMESPACES, psc: SIMPLE_CHAPTERS }
    : NAMESPACES;

/** Returns what `podcast` needs to write the channel: PSP-1's and Apple's elements, Podcasting 2.0's, RFC 5005's. */
export function channelOptions(channel: FeedChannel, entries: readonly FeedEntry[]): FeedOptions {
  const { station, origin } = channel;
  const title = clipLength(oneLine(channel.title), 255);
  return {
    title,
    description: channelDescription(channel.description, title),
    feedUrl: origin + channel.selfPath,
    siteUrl: origin + channel.sitePath,
    generator: 'Riascolta',
    docs: 'https://www.rssboard.org/rss-specification',
    language: channelLanguage(channel),
    copyright: copyright(channel),
    ...managingEditor(station.title, station.email),
    // `podcast` writes its own Apple elements only with an owner's e-mail address, even an empty one, and declares a
    // namespace for simple chapters that validators do not know: so all of these are ours.
    namespaces: { iTunes: false, podcast: false, simpleChapters: false },
    customNamespaces: namespacesOf(entries),
    customElements: [
      ...historyElements(channel),
      imageElement(channel, title),
      ...appleElements(channel, entries),
      ...podcastingElements(channel),
    ],
  };
}

const coverOf = ({ station, show }: FeedChannel): Picture => show?.cover ?? station.cover;

// PSP-1, "copyright": the holder, without the word, the sign or a year.
function copyright({ station, show }: FeedChannel): string {
  const licence = show?.licence ?? station.licence;
  const terms = licence === undefined || licence.trim() === '' ? [] : [licenceOf(oneLine(licence)).name];
  return [oneLine(station.title), ...terms].join(', ');
}

// RSS 2.0 wants `address (name)`, where the name can hold nothing that RFC 5322 would read as structure.
function managingEditor(name: string, email: string | undefined): { managingEditor?: string } {
  if (email === undefined || !isEmail(email)) return {};
  return { managingEditor: `${email} (${oneLine(name).replace(/[()<>,;:\\"@[\]]/g, '')})` };
}

// RFC 5005, sections 2 and 4.
function historyElements({ origin, place }: FeedChannel): XmlElement[] {
  if (place === undefined) return [];
  const link = (rel: string, path: string | undefined) =>
    path === undefined
      ? []
      : [emptyElement('atom:link', { rel, href: origin + path, type: 'application/rss+xml' })];
  switch (place.kind) {
    case 'complete':
      return [emptyElement('fh:complete')];
    case 'newest':
      return link('prev-archive', place.previousPath);
    case 'archive':
      return [
        emptyElement('fh:archive'),
        ...link('current', place.currentPath),
        ...link('prev-archive', place.previousPath),
        ...link('next-archive', place.nextPath),
      ];
  }
}

// RSS 2.0: title and link are the channel's own. `podcast` has no option that reaches this element.
function imageElement(channel: FeedChannel, title: string): XmlElement {
  return groupElement('image', [
    textElement('url', channel.origin + picturePath(coverOf(channel).id, 'feed.jpg')),
    textElement('title', title),
    textElement('link', channel.origin + channel.sitePath),
  ]);
}

function appleElements(channel: FeedChannel, entries: readonly FeedEntry[]): XmlElement[] {
  const { station, show, origin } = channel;
  const author = clipLength(oneLine(station.title), 255);
  const category = show?.category ?? channel.category ?? { main: 'News' };
  const owner = [textElement('itunes:name', author), textElement('itunes:email', station.email ?? '')];
  return [
    textElement('itunes:author', author),
    textElement('itunes:type', show?.type ?? 'episodic'),
    ...(station.email !== undefined && isEmail(station.email) ? [groupElement('itunes:owner', owner)] : []),
    textElement('itunes:explicit', String(channelExplicit(channel, entries))),
    categoryElement(category),
    ...(show?.complete === true ? [textElement('itunes:complete', 'Yes')] : []),
    ...pictureElements(coverOf(channel), origin),
  ];
}

function categoryElement({ main, sub }: Category): XmlElement {
  return sub === undefined
    ? emptyElement('itunes:category', { text: main })
    : groupElement('itunes:category', [emptyElement('itunes:category', { text: sub })], { text: main });
}

function podcastingElements(channel: FeedChannel): XmlElement[] {
  const { station, show, origin } = channel;
  const owner = station.email !== undefined && isEmail(station.email) ? station.email : '';
  return [
    textElement('podcast:guid', channelGuid(channel)),
    textElement('podcast:medium', 'podcast'),
    // The published schema requires `owner`, so without an address it stands there empty.
    textElement('podcast:locked', 'yes', { owner }),
    ...fundingElements(station.support, origin),
    ...licenceElements(show?.licence ?? station.licence),
    ...personElements([], show?.hosts ?? [], origin),
  ];
}

function fundingElements(support: { url: string; text: string } | undefined, origin: string): XmlElement[] {
  const url = support === undefined ? undefined : webAddress(support.url, origin);
  if (support === undefined || url === undefined) return [];
  return [textElement('podcast:funding', clipLength(oneLine(support.text), 128), { url })];
}
