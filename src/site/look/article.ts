/** A run of the article's HTML, or the place of the player of `segments[segment]`. */
export type ArticlePart = { html: string } | { segment: number };

const MARKER = /<hr\b[^>]*\bdata-segment="(\d+)"[^>]*>/g;
const MOMENT = /<a\b[^>]*\bdata-start="[^"]*"[^>]*>/g;
const CLOCK_AT_HEAD = /<p>(<a\b)([^>]*\bdata-start="[^"]*"[^>]*>\s*\d{1,2}(?::\d{2}){1,2}\s*<\/a>)\s*/g;
const LAST_LINK = /<a(\b[^>]*\bdata-start="[^"]*"[^>]*>[^<]*<\/a>\s*<\/p>)/;
const QUOTE = /<blockquote>(?:(?!<\/?blockquote\b)[\s\S])*?<\/blockquote>/g;

/**
 * Cuts safe article HTML where players belong. Segments that no marker names come first: their players stand at
 * the head. A segment marked twice has its player at the first mark; a mark without a segment is left out.
 */
export function articleParts(html: string, segmentCount: number): { head: number[]; body: ArticlePart[] } {
  const body: ArticlePart[] = [];
  const placed = new Set<number>();
  let from = 0;
  for (const mark of html.matchAll(MARKER)) {
    addHtml(body, html.slice(from, mark.index));
    from = mark.index + mark[0].length;
    const segment = Number(mark[1]);
    if (segment < segmentCount && !placed.has(segment)) {
      placed.add(segment);
      body.push({ segment });
    }
  }
  addHtml(body, html.slice(from));
  const all = Array.from({ length: segmentCount }, (_, index) => index);
  return { head: all.filter((segment) => !placed.has(segment)), body };
}

function addHtml(parts: ArticlePart[], html: string): void {
  if (html.trim() !== '') parts.push({ html: setMoments(html) });
}

/**
 * Gives the article's moments the classes by which the page sets them: a time code at the head of a paragraph goes
 * to the margin, a quotation that holds a moment is set as a headline. Other moments stay in their line.
 */
function setMoments(html: string): string {
  if (!html.includes('data-start="')) return html;
  return html
    .replace(QUOTE, (quote) =>
      quote.includes('data-start="')
        ? quote
            .replace('<blockquote>', '<blockquote class="pull">')
            .replaceAll('<p><a', '<p> <a')
            .replace(LAST_LINK, '<a class="moment moment-below"$1')
        : quote,
    )
    .replace(CLOCK_AT_HEAD, '<p class="at-moment">$1 class="moment moment-margin"$2 ')
    .replace(MOMENT, (link) => (link.includes(' class="') ? link : link.replace('<a', '<a class="moment"')));
}
