import { showPath } from '../model/addresses.ts';
import type { Show } from '../model/show.ts';
import type { Station } from '../model/station.ts';
import { escapeMarkup, isEmail, oneLine } from './xml-text.ts';

/**
 * Returns an OPML 2.0 subscription list: the station's own feed, then each show's, in the order given.
 * It carries no date, so the same shows give the same text.
 */
export function opml(station: Station, shows: readonly Show[], origin: string): string {
  const title = escapeMarkup(oneLine(station.title));
  const email =
    station.email !== undefined && isEmail(station.email)
      ? `<ownerEmail>${escapeMarkup(station.email)}</ownerEmail>`
      : '';
  const outlines = [
    outline(station, origin, ''),
    ...shows.map((show) => outline(show, origin, showPath(show.slug))),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `<head><title>${title}</title><ownerName>${title}</ownerName>${email}<ownerId>${escapeMarkup(origin)}/</ownerId></head>`,
    `<body>\n${outlines.join('\n')}\n</body>`,
    '</opml>\n',
  ].join('\n');
}

// OPML 2.0, "Subscription lists": `rss` with text and xmlUrl; the rest is what the feed says of itself.
function outline(
  { title, description, language }: Pick<Show, 'title' | 'description' | 'language'>,
  origin: string,
  path: string,
): string {
  const name = escapeMarkup(oneLine(title));
  const attributes = [
    'type="rss"',
    'version="RSS2"',
    `text="${name}"`,
    `title="${name}"`,
    `description="${escapeMarkup(oneLine(description))}"`,
    `language="${escapeMarkup(language)}"`,
    `htmlUrl="${escapeMarkup(`${origin}${path === '' ? '/' : path}`)}"`,
    `xmlUrl="${escapeMarkup(`${origin}${path}/feed.xml`)}"`,
  ];
  return `<outline ${attributes.join(' ')}/>`;
}
