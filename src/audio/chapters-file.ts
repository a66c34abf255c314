import { z } from 'zod';
import { elementLines } from '../model/json-lines.ts';
import type { Chapter } from '../model/segment.ts';
import { ChaptersBroken } from './failures.ts';

// Podcasting 2.0, "JSON chapters format" 1.2: startTime is the only key a chapter must have. `toc: false` marks one
// that is there for its picture only.
const chapterSchema = z.object({
  startTime: z.number().catch(Number.NaN),
  title: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  img: z.string().optional().catch(undefined),
  toc: z.boolean().optional().catch(undefined),
});
const fileSchema = z.object({ chapters: z.array(chapterSchema) });

const MOST_CHAPTERS = 1_000;

/** A chapter with the line of its file (from 1) on which it begins. */
export type PlacedChapter = Chapter & { line: number };

/**
 * Reads a Podcasting 2.0 chapters file. Returns its chapters in order of time; those without a title, without a usable
 * start, or meant to be silent (`toc: false`) are left out, unknown keys ignored. Throws `ChaptersBroken`.
 */
export function parseChaptersFile(text: string): Chapter[] {
  return placedChapters(text).map(({ line: _, ...chapter }) => chapter);
}

/** Returns what `parseChaptersFile` does, each chapter with its line. Throws `ChaptersBroken`. */
export function placedChapters(text: string): PlacedChapter[] {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success)
    throw new ChaptersBroken('it has no list of chapters as the Podcasting 2.0 format wants it');
  const lines = elementLines(text, 'chapters');
  return file.data.chapters
    .map((chapter, index) => ({ ...chapter, line: lines[index] ?? 1 }))
    .filter(({ startTime, toc }) => Number.isFinite(startTime) && startTime >= 0 && toc !== false)
    .sort((one, other) => one.startTime - other.startTime)
    .flatMap(({ startTime, title, url, img, line }) =>
      title?.trim()
        ? [
            {
              start: startTime,
              title: title.trim(),
              ...webAddress('url', url),
              ...webAddress('img', img),
              line,
            },
          ]
        : [],
    )
    .slice(0, MOST_CHAPTERS);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ChaptersBroken(`it is not JSON (${error instanceof Error ? error.message : error})`);
  }
}

function webAddress<K extends string>(key: K, address: string | undefined): { [P in K]?: string } {
  const found: { [P in K]?: string } = {};
  if (address && /^https?:\/\//i.test(address)) found[key] = address;
  return found;
}
