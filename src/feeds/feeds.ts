/** The door of the room: Station, Show, Episode and Segment in, the text of a feed out. Nothing here reads or waits. */
export type { FeedChannel, FeedEntry, FeedPlace } from './feed-channel.ts';
export { FEED_LIMIT, newestArchivePage, takeNewest } from './feed-size.ts';
export { chaptersPath, momentPath, segmentAnchor, segmentPagePath } from './items/item-addresses.ts';
export { jsonChapters } from './json/json-chapters.ts';
export { jsonFeed } from './json/json-feed.ts';
export { opml } from './opml.ts';
export { rssFeed } from './rss/rss.ts';
