import { Podcast } from 'podcast';
import { type FeedChannel, type FeedEntry, newestAt } from '../feed-channel.ts';
import { contentHtml } from '../items/item-text.ts';
import { timeLines } from '../items/time-lines.ts';
import { channelOptions } from './rss-channel.ts';
import { itemOptions } from './rss-item.ts';

/**
 * Returns an RSS 2.0 feed as PSP-1 (The Podcast RSS Standard) asks for it: one item a segment, in the order given.
 * The same arguments give the same text, at any time and place.
 *
 * @example
 * rssFeed(
 *   { station, show, title: show.title, description: show.description, origin: 'https://ascolta.example.org',
 *     selfPath: '/shows/stacca-stacca/feed.xml', sitePath: '/shows/stacca-stacca', place: { kind: 'complete' } },
 *   await catalogue.feedEntries({ show: 'stacca-stacca' }, { limit: 300 }, now),
 * );
 */
export function rssFeed(channel: FeedChannel, entries: readonly FeedEntry[]): string {
  const empty = new Podcast(channelOptions(channel, entries)).buildXml();
  const head = withBuildDate(empty.slice(0, -END.length), newestAt(entries));
  return head + entries.map((entry) => knownItemXml(channel, entry)).join('') + END;
}

/** By the episode's object, which goes when nobody holds it any more; then by all else that an item's text depends on. */
const written = new WeakMap<FeedEntry['episode'], Map<string, string>>();

// Of a feed that changed, nearly all items are what they were.
function knownItemXml(channel: FeedChannel, entry: FeedEntry): string {
  const { episode, position } = entry;
  const around = `${position} ${channel.origin} ${channel.station.title} ${JSON.stringify(channel.show?.hosts)}`;
  const texts = written.get(episode) ?? new Map<string, string>();
  written.set(episode, texts);
  const known = texts.get(around);
  if (known !== undefined) return known;
  const text = itemXml(channel, entry);
  texts.set(around, text);
  return text;
}

const END = '</channel></rss>';
const ITEM_END = '</item>';
const UNMARKED = { iTunes: false, podcast: false, simpleChapters: false };

// An item's text depends on nothing but the item. The article goes in last: `podcast` would copy it several times over,
// and articles are most of a feed.
function itemXml(channel: FeedChannel, entry: FeedEntry): string {
  const podcast = new Podcast({ namespaces: UNMARKED });
  const lines = timeLines(entry);
  podcast.addItem(itemOptions(channel, entry, lines));
  const xml = podcast.buildXml();
  const item = withReferences(xml.slice(xml.indexOf('<item>'), -END.length));
  const article = contentHtml(entry, channel.origin, lines);
  if (article === '') return item;
  const section = `<![CDATA[${article.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  return `${item.slice(0, -ITEM_END.length)}<content:encoded>${section}</content:encoded>${ITEM_END}`;
}

const SECTION = /<!\[CDATA\[([\s\S]*?)\]\]>/g;
const SECTION_OR_BUILD_DATE = new RegExp(`${SECTION.source}|<lastBuildDate>[^<]*</lastBuildDate>`, 'g');
const REFERENCES: Record<string, string> = { '&': '&#x26;', '<': '&#x3C;', '>': '&#x3E;' };

// `podcast` puts plain text into CDATA. Character references are what no reader takes for markup
// (RSS Advisory Board, "RSS Best Practices Profile", character data).
const withReferences = (xml: string): string => xml.replace(SECTION, (_, text: string) => referenced(text));

const referenced = (text: string): string =>
  /[&<>]/.test(text) ? text.replace(/[&<>]/g, (character) => REFERENCES[character] ?? '') : text;

// `podcast` dates the channel by the clock: it becomes the newest item's date, and goes where there is no item.
// Sections are passed whole, so that no text is mistaken for the element.
function withBuildDate(xml: string, builtAt: number | undefined): string {
  const element =
    builtAt === undefined ? '' : `<lastBuildDate>${new Date(builtAt).toUTCString()}</lastBuildDate>`;
  return xml.replace(SECTION_OR_BUILD_DATE, (_, text: string | undefined) =>
    text === undefined ? element : referenced(text),
  );
}
