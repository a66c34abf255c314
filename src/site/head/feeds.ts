import { feedPath } from '../../model/addresses.ts';

/** A feed as a page's head announces it. `path` is root-relative. */
export type FeedLink = { title: string; path: string; type: string };

/** Returns the feeds of the subject of a page (`/`, a show's), in RSS and JSON. */
export function feedLinks(page: string, title: string): FeedLink[] {
  return [
    { title, path: feedPath(page), type: 'application/rss+xml' },
    { title: `${title} (JSON)`, path: feedPath(page, 'feed.json'), type: 'application/feed+json' },
  ];
}

/** Returns the RSS feed alone, for lists (a tag's, a category's) that have no other. */
export function rssLink(page: string, title: string): FeedLink[] {
  return feedLinks(page, title).slice(0, 1);
}

/** An app that opens a feed by an address of its own kind. */
export type AppLink = { name: string; href: string };

/**
 * Returns the links with which podcast apps subscribe to a feed (absolute address): each app's own scheme,
 * so that nobody else learns of it.
 */
export function appLinks(feed: string): AppLink[] {
  const bare = feed.replace(/^https?:\/\//, '');
  return [
    { name: 'AntennaPod', href: `antennapod-subscribe://${bare}` },
    { name: 'Apple Podcasts', href: `podcast://${bare}` },
    { name: 'Pocket Casts', href: `pktc://subscribe/${bare}` },
    { name: 'Overcast', href: `overcast://x-callback-url/add?url=${encodeURIComponent(feed)}` },
  ];
}
