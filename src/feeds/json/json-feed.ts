import { filePath, picturePath } from '../../model/addresses.ts';
import type { Person } from '../../model/station.ts';
import { channelLanguage, type FeedChannel, type FeedEntry } from '../feed-channel.ts';
import { segmentPagePath } from '../items/item-addresses.ts';
import { itemAuthor, itemPeople, itemSubjects } from '../items/item-credits.ts';
import { channelDescription, contentHtml, itemSummary, itemTitle } from '../items/item-text.ts';
import { linesHtml, timeLines } from '../items/time-lines.ts';
import { escapeMarkup, oneLine, webAddress } from '../xml-text.ts';

/** Returns a JSON Feed 1.1 with the same items, guids and texts as the RSS feed. `selfPath` is its own address. */
export function jsonFeed(channel: FeedChannel, entries: readonly FeedEntry[]): string {
  const { station, show, origin, place } = channel;
  const title = oneLine(channel.title);
  const cover = show?.cover ?? station.cover;
  const older = place === undefined || place.kind === 'complete' ? undefined : place.previousPath;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: origin + channel.sitePath,
    feed_url: origin + channel.selfPath,
    description: channelDescription(channel.description, title),
    icon: origin + picturePath(cover.id, 'feed.jpg'),
    favicon: origin + picturePath(cover.id, '96.jpg'),
    language: channelLanguage(channel),
    authors: [{ name: oneLine(station.title), url: `${origin}/` }],
    ...(older === undefined ? {} : { next_url: origin + older }),
    ...(show?.complete === true ? { expired: true } : {}),
    items: entries.map((entry) => item(channel, entry)),
  });
}

function item(channel: FeedChannel, entry: FeedEntry): object {
  const { episode, segment } = entry;
  const { origin } = channel;
  const summary = itemSummary(entry);
  const tags = itemSubjects(episode);
  const lines = timeLines(entry);
  return {
    id: segment.guid,
    url: origin + segmentPagePath(entry),
    ...(episode.source === undefined ? {} : externalUrl(episode.source, origin)),
    title: itemTitle(entry),
    // JSON Feed 1.1 requires content in every item.
    content_html: contentHtml(entry, origin, lines) || `<p>${escapeMarkup(summary)}</p>${linesHtml(lines)}`,
    summary,
    image: origin + picturePath(episode.cover.id, 'feed.jpg'),
    date_published: new Date(episode.publishedAt).toISOString(),
    authors: authors(channel, entry),
    ...(tags.length === 0 ? {} : { tags }),
    language: episode.language,
    attachments: [
      {
        url: origin + filePath(episode.show, episode.slug, segment),
        mime_type: segment.type,
        title: oneLine(segment.title || episode.title),
        size_in_bytes: segment.bytes,
        duration_in_seconds: segment.seconds,
      },
    ],
  };
}

function externalUrl(source: string, origin: string): { external_url?: string } {
  const url = webAddress(source, origin);
  return url === undefined ? {} : { external_url: url };
}

function authors(channel: FeedChannel, entry: FeedEntry): object[] {
  if (entry.episode.byline !== undefined) return [{ name: itemAuthor(channel, entry) }];
  const people = itemPeople(entry);
  if (people.length === 0) return [{ name: itemAuthor(channel, entry) }];
  return people.map((person) => author(person, channel.origin));
}

function author({ name, url, img }: Person, origin: string): object {
  const page = url === undefined ? undefined : webAddress(url, origin);
  const avatar = img === undefined ? undefined : webAddress(img, origin);
  return {
    name: oneLine(name),
    ...(page === undefined ? {} : { url: page }),
    ...(avatar === undefined ? {} : { avatar }),
  };
}
