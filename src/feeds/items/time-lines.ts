import { passagesOf } from '../../article/passages.ts';
import type { FeedEntry } from '../feed-channel.ts';
import { clipLength, escapeMarkup, oneLine } from '../xml-text.ts';
import { itemChapters } from './item-chapters.ts';

/** What is heard at a moment, in seconds from the beginning. */
type Heard = { start: number; title: string };

/** Characters of a passage in its line. */
const WORDS_LENGTH = 60;
/** What stood between a passage's own time, which goes before the line, and its words. */
const LEFT_BEHIND = /^[\s·–—:,.)\]-]+/;

/**
 * Returns a line for each chapter of the item, else for each moment of its segment in the article: `12:34 Title`, ordered,
 * one a second. Apps make links of such times, and Apple and Spotify chapters, in the form that docs/feeds.md explains.
 */
export function timeLines({ episode, segment, position }: FeedEntry): string[] {
  const heard = itemChapters(segment);
  const moments = heard.length > 0 ? heard : articleMoments(episode.articleHtml, position, segment.seconds);
  const bySecond = new Map<number, string>();
  for (const { start, title } of moments) {
    const second = Math.floor(start);
    if (!bySecond.has(second)) bySecond.set(second, title);
  }
  // Only lines that begin at the beginning, and are three at least, are taken for chapters.
  const beginning: [number, string][] =
    bySecond.size > 1 && !bySecond.has(0) ? [[0, oneLine(segment.title || episode.title)]] : [];
  const lines = [...beginning, ...bySecond];
  const last = lines.at(-1)?.[0] ?? 0;
  const withHours = segment.seconds >= 3600 || last * 60 <= segment.seconds;
  return lines.map(([second, title]) => `${stamp(second, withHours)} ${title}`.trimEnd());
}

/** Returns the lines as one paragraph of HTML, each on a line of its own also for who only strips tags. */
export const linesHtml = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<p>${lines.map(escapeMarkup).join('<br>\n')}</p>`;

function articleMoments(html: string, position: number, seconds: number): Heard[] {
  return passagesOf(html)
    .filter(({ segment, start }) => segment === position && (start < seconds || seconds === 0))
    .map(({ start, words }) => ({
      start,
      title: clipLength(oneLine(words).replace(LEFT_BEHIND, ''), WORDS_LENGTH),
    }))
    .sort((one, other) => one.start - other.start);
}

/**
 * Two digits each, since Spotify asks for them. With hours in all lines where an app could take minutes for hours: AntennaPod
 * does unless one of them, so read, is beyond the end.
 */
function stamp(second: number, withHours: boolean): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const rest = `${two((second % 3600) / 60)}:${two(second % 60)}`;
  return withHours ? `${two(second / 3600)}:${rest}` : rest;
}
