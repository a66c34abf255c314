import { filePath } from '../../model/addresses.ts';
import { clockTime } from '../../model/moment.ts';
import type { FeedEntry } from '../feed-channel.ts';
import { clipBytes, clipLength, escapeMarkup, legalText, oneLine } from '../xml-text.ts';
import { withAbsoluteLinks } from './absolute-links.ts';
import { momentPath } from './item-addresses.ts';
import { linesHtml } from './time-lines.ts';

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

/**
 * Returns an item's `description`, which is read as HTML (RSS 2.0, "item"), in at most 4000 bytes: the summary, and then as
 * many `lines` of times (`timeLines`) as there is room for, each of them whole.
 */
export function itemDescription(entry: FeedEntry, lines: readonly string[]): string {
  const summary = asHtml(itemSummary(entry));
  const head = `<p>${summary}</p>\n`;
  let text = summary;
  for (let count = 1; count <= lines.length; count++) {
    const longer = head + linesHtml(lines.slice(0, count));
    if (Buffer.byteLength(longer) > DESCRIPTION_BYTES) break;
    text = longer;
  }
  return text;
}

function asHtml(text: string): string {
  const html = escapeMarkup(text);
  const excess = Buffer.byteLength(html) - DESCRIPTION_BYTES;
  return excess <= 0 ? html : escapeMarkup(clipBytes(text, Math.max(0, DESCRIPTION_BYTES - excess)));
}

/** Returns a channel's description: plain text of at most 4000 bytes, never empty. */
export function channelDescription(description: string, title: string): string {
  return clipBytes(legalText(description).trim(), DESCRIPTION_BYTES) || oneLine(title);
}

const TAG = /<(hr|a|p|li|blockquote|h[1-6]|t[dh])((?: [^>]*)?)>([^<]*)/g;
const SEGMENT = /\bdata-segment="(\d+)"/;
const START = /\bdata-start="(\d+(?:\.\d+)?)"/;
const ID = / id="([^"]*)"/;

/**
 * Returns the article for `content:encoded`: every address absolute, links to moments on the episode's page at their passage,
 * a link to the audio where another segment's player stands (the item's own player is its enclosure), and at the end the
 * `lines` of times. Empty without an article. The passages' ids are left out: a reader shows many items on one page.
 * Relies on what `Episode.articleHtml` promises: sanitized HTML in which attributes are quoted and hold no `<` or `>`.
 */
export function contentHtml(entry: FeedEntry, origin: string, lines: readonly string[]): string {
  const { episode, position } = entry;
  let passage: string | undefined;
  const html = legalText(episode.articleHtml).replace(
    TAG,
    (part: string, name: string, attributes: string, text: string) => {
      if (name !== 'a' && name !== 'hr') {
        const id = ID.exec(attributes);
        // A quotation's passage is also that of the paragraphs in it.
        if (id !== null || name !== 'p') passage = id?.[1];
        return id === null ? part : `<${name}${attributes.replace(id[0], '')}>${text}`;
      }
      const segment = SEGMENT.exec(attributes)?.[1];
      if (segment === undefined) return part;
      const index = Number(segment);
      if (name === 'hr') return (index === position ? '' : audioLink(entry, index, origin)) + text;
      const start = Number(START.exec(attributes)?.[1] ?? 0);
      const address = escapeMarkup(momentPath({ episode, position: index }, start, passage));
      return `<a href="${address}">${index === position ? text : withoutTimes(text)}`;
    },
  );
  const article = withAbsoluteLinks(html, origin).trim();
  return article === '' || lines.length === 0 ? article : `${article}\n${linesHtml(lines)}`;
}

/** The same to readers; but apps make no link of it, which would lead to that time of this item's own sound. */
const withoutTimes = (text: string): string => text.replace(/(\d):(?=\d)/g, '$1:\u2060');

function audioLink({ episode }: FeedEntry, index: number, origin: string): string {
  const segment = episode.segments[index];
  if (segment === undefined) return '';
  const address = origin + filePath(episode.show, episode.slug, segment);
  const title = escapeMarkup(oneLine(segment.title || episode.title));
  return `<p><a href="${escapeMarkup(address)}">${title}</a> (${withoutTimes(clockTime(segment.seconds))})</p>`;
}
