import { passagesOf } from '../../article/passages.ts';
import type { Episode } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import type { Link } from '../links.ts';

/** A chapter as the page lists it. `address`: that of the page at the chapter's moment. */
export type ListedChapter = { start: number; title: string; address: string };

/**
 * Returns the address, relative to the present page, at which it opens ready at a moment (seconds). It has
 * the id of the passage, which browsers show without a script.
 */
export function momentAddress(link: Link, at: { segment: number; start: number; id?: string }): string {
  const segment = at.segment > 0 ? String(at.segment + 1) : undefined;
  const passage = at.id === undefined ? '' : `#${encodeURIComponent(at.id)}`;
  return link('', { segment, t: String(at.start) }) + passage;
}

/**
 * Returns the chapters of each segment that has any, `position` from 0. A chapter's address leads to the
 * first passage of the article that is within it.
 */
export function chapterViews(
  { articleHtml, segments }: Pick<Episode, 'articleHtml' | 'segments'>,
  link: Link,
): { position: number; segment: Segment; chapters: ListedChapter[] }[] {
  const passages = passagesOf(articleHtml);
  return segments.flatMap((segment, position) => {
    if (segment.chapters.length === 0) return [];
    const ours = passages.filter((passage) => passage.segment === position);
    const chapters = segment.chapters.map(({ start, title }, index) => {
      const end = segment.chapters[index + 1]?.start ?? Number.POSITIVE_INFINITY;
      const id = ours.find((passage) => passage.start >= start && passage.start < end)?.id;
      const at = id === undefined ? { segment: position, start } : { segment: position, start, id };
      return { start, title, address: momentAddress(link, at) };
    });
    return [{ position, segment, chapters }];
  });
}
