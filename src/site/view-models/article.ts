import { type PassageMarks, withPassageMarks } from './passage-marks.ts';

/** A run of the article's HTML, or the place of the player of `segments[segment]`. */
export type ArticlePart = { html: string } | { segment: number };

const MARKER = /<hr\b[^>]*\bdata-segment="(\d+)"[^>]*>/g;

/**
 * Marks the passages of safe article HTML and cuts it where players belong. The players of segments that no
 * marker names come first. A segment marked twice has its player at the first mark; a mark without a segment
 * is left out.
 */
export function articleParts(
  html: string,
  segmentCount: number,
  marks: PassageMarks,
): { head: number[]; body: ArticlePart[] } {
  const marked = withPassageMarks(html, marks);
  const body: ArticlePart[] = [];
  const placed = new Set<number>();
  let from = 0;
  for (const mark of marked.matchAll(MARKER)) {
    addHtml(body, marked.slice(from, mark.index));
    from = mark.index + mark[0].length;
    const segment = Number(mark[1]);
    if (segment < segmentCount && !placed.has(segment)) {
      placed.add(segment);
      body.push({ segment });
    }
  }
  addHtml(body, marked.slice(from));
  const all = Array.from({ length: segmentCount }, (_, index) => index);
  return { head: all.filter((segment) => !placed.has(segment)), body };
}

function addHtml(parts: ArticlePart[], html: string): void {
  if (html.trim() !== '') parts.push({ html });
}
