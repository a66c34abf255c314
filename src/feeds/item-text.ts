import { episodePath, filePath } from '../model/addresses.ts';
import { clockTime } from '../model/moment.ts';
import { withAbsoluteLinks } from './absolute-links.ts';
import type { FeedEntry } from './feed-channel.ts';
import { momentPath } from './item-addresses.ts';
import { clipBytes, clipLength, escapeMarkup, legalText, oneLine } from './text.ts';

/** PSP-1: node values of at most 255 characters, descriptions of at most 4000 bytes. */
const TITLE_LENGTH = 255;
const DESCRIPTION_BYTES = 4000;

/** Returns the item's title: the episode's, with the segment's behind it where there are several that differ. */
export function itemTitle({ episode, segment }: FeedEntry): string {
  const whole = oneLine(episode.title);
  const part = oneLine(segment.title);
  const both = episode.segments.length > 1 && part !== '' && part !== whole;
  return clipLength(both ? `${whole} – ${part}` : whole || part, TITLE_LENGTH);
}

/** Returns what the item is about as plain text of at most 4000 bytes: the summary, else how the article begins. */
export function itemSummary(entry: FeedEntry): string {
  const { summary, articleText } = entry.episode;
  const words = legalText(summary).trim() || legalText(articleText.slice(0, DESCRIPTION_BYTES)).trim();
  return clipBytes(words, DESCRIPTION_BYTES) || itemTitle(entry);
}

/** Returns plain text as HTML in at most 4000 bytes: an item's `description` is read as HTML (RSS 2.0, "item"). */
export function descriptionHtml(text: string): string {
  const html = escapeMarkup(text);
  const excess = Buffer.byteLength(html) - DESCRIPTION_BYTES;
  return excess <= 0 ? html : escapeMarkup(clipBytes(text, Math.max(0, DESCRIPTION_BYTES - excess)));
}

/** Returns a channel's description: plain text of at most 4000 bytes, never empty. */
export function channelDescription(description: string, title: string): string {
  return clipBytes(legalText(description).trim(), DESCRIPTION_BYTES) || oneLine(title);
}

const PLACE = /<(?:hr|a) [^>]*\bdata-segment="(\d+)"[^>]*>/g;
const START = /\bdata-start="(\d+(?:\.\d+)?)"/;
const HREF = /\bhref="([^"]*)"/;

/**
 * Returns the article for `content:encoded`: every address absolute, links to moments on the episode's page, and a link
 * to the audio where another segment's player stands (the item's own player is its enclosure). Empty without an article.
 * Relies on what `Episode.articleHtml` promises: sanitized HTML in which attributes are quoted and hold no `<` or `>`.
 */
export function contentHtml(entry: FeedEntry, origin: string): string {
  const { episode, position } = entry;
  const page = episodePath(episode.show, episode.slug);
  const html = legalText(episode.articleHtml).replace(PLACE, (tag: string, segment: string) => {
    const index = Number(segment);
    if (tag.startsWith('<hr')) return index === position ? '' : audioLink(entry, index, origin);
    const href = HREF.exec(tag)?.[1] ?? '';
    if (href.startsWith(`${page}?`)) return `<a href="${href}">`;
    const moment = momentPath({ episode, position: index }, Number(START.exec(tag)?.[1] ?? 0));
    return `<a href="${escapeMarkup(moment)}">`;
  });
  return withAbsoluteLinks(html, origin).trim();
}

function audioLink({ episode }: FeedEntry, index: number, origin: string): string {
  const segment = episode.segments[index];
  if (segment === undefined) return '';
  const address = origin + filePath(episode.show, episode.slug, segment);
  const title = escapeMarkup(oneLine(segment.title || episode.title));
  return `<p><a href="${escapeMarkup(address)}">${title}</a> (${clockTime(segment.seconds)})</p>`;
}
