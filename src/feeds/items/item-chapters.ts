import type { Chapter, Segment } from '../../model/segment.ts';
import { oneLine } from '../xml-text.ts';

/**
 * Returns the chapters that feeds say of a segment: in order, each with a title and a start (seconds, whole milliseconds)
 * within the sound, one for each moment.
 */
export function itemChapters({ chapters, seconds }: Pick<Segment, 'chapters' | 'seconds'>): Chapter[] {
  const byStart = new Map<number, Chapter>();
  for (const chapter of chapters.toSorted((one, other) => one.start - other.start)) {
    const start = Math.round(chapter.start * 1000) / 1000;
    const title = oneLine(chapter.title);
    const isWithin = start >= 0 && (start < seconds || seconds === 0);
    if (isWithin && title !== '' && !byStart.has(start)) byStart.set(start, { ...chapter, start, title });
  }
  return [...byStart.values()];
}
