import type { Chapter } from '../model/segment.ts';
import { textOf } from './plain-text.ts';

const HEADING = /<h[2-6][^>]*>(.*?)<\/h[2-6]>/gs;
const MOMENT = /<a [^>]*data-segment="(\d+)" data-start="([\d.]+)"[^>]*>(.*?)<\/a>/s;
const ONLY_TIME = /^\W*\d{1,2}(?::\d{2}){1,2}\W*$/;

/**
 * Returns the chapters of a segment that the article's headings give: those that carry a moment of it. The moment's
 * own words are part of the title unless they are only a time.
 */
export function headingChapters(html: string, segment: number): Chapter[] {
  const chapters: Chapter[] = [];
  for (const [, inside = ''] of html.matchAll(HEADING)) {
    const moment = MOMENT.exec(inside);
    if (moment === null || Number(moment[1]) !== segment) continue;
    const words = ONLY_TIME.test(textOf(moment[3] ?? '')) ? inside.replace(moment[0], ' ') : inside;
    const title = textOf(words)
      .replace(/\s+/g, ' ')
      .replace(/^[\s·–—:()-]+|[\s·–—:()-]+$/g, '');
    if (title !== '') chapters.push({ start: Number(moment[2]), title });
  }
  return chapters.sort((one, other) => one.start - other.start);
}
