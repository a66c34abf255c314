import { type ChangeObject, diffLines, diffWordsWithSpace } from 'diff';
import type { DiffPart } from '../publishing.ts';

/**
 * The longest time that a page waits for a comparison (ms), and the most words or lines that may differ
 * before a coarser one is made.
 */
const BOUNDS = { timeout: 500, maxEditLength: 2_000 };
/** Longer texts are compared by lines (characters). */
const BY_WORDS = 200_000;

/**
 * Returns how one text became the other: by words; by lines where they are long or have little in common;
 * whole where even that would take too long. Put together, all but the `new` parts are the old text, all but
 * the `old` ones the new.
 */
export function textDifference(before: string, after: string): DiffPart[] {
  const isShort = before.length + after.length <= BY_WORDS;
  const parts =
    (isShort ? diffWordsWithSpace(before, after, BOUNDS) : undefined) ?? diffLines(before, after, BOUNDS);
  if (parts !== undefined) return parts.map(partOf);
  return [
    { text: before, in: 'old' },
    { text: after, in: 'new' },
  ];
}

const partOf = ({ value, added, removed }: ChangeObject<string>): DiffPart => ({
  text: value,
  in: added ? 'new' : removed ? 'old' : 'both',
});
