import type { Chapter } from '../model/segment.ts';
import { passagesOf } from './passages.ts';

/**
 * Returns the chapters of a segment that the article's headings give: those that carry a moment of it. The moment's
 * own words are part of the title unless they are only a time.
 */
export function headingChapters(html: string, segment: number): Chapter[] {
  const chapters: Chapter[] = [];
  for (const passage of passagesOf(html)) {
    if (!passage.heading || passage.segment !== segment) continue;
    const title = passage.words.replace(/^[\s·–—:()-]+|[\s·–—:()-]+$/g, '');
    if (title !== '') chapters.push({ start: passage.start, title });
  }
  return chapters.sort((one, other) => one.start - other.start);
}
