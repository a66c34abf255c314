import type { MarkedStems } from './marked-stems.ts';
import type { StemmedLanguage } from './stems.ts';
import { wordsOf } from './words.ts';

/** A piece of text, and whether it is what was looked for. */
export type Run = { text: string; match: boolean };

/** A word of a text that was asked for (`start`, `end` in UTF-16 units), and which words of the question it answers. */
export type Mark = { start: number; end: number; answers: readonly number[] };

/** Part of a text, where the first of its marks stands in it, and how many of the question's words are in it. */
export type Snippet = { runs: Run[]; at: number; words: number };

const SNIPPET_LENGTH = 220;
const WORDS_LOOKED_AT = 5000;

/** Yields the words of a text that are asked for, in order; of a very long text those of its beginning. */
export function* marksIn(text: string, language: StemmedLanguage, asked: MarkedStems): Generator<Mark> {
  let looked = 0;
  for (const { folded, stems, start, end } of wordsOf(text)) {
    looked += 1;
    if (looked > WORDS_LOOKED_AT) return;
    const answers = asked.stems.get(folded) ?? asked.stems.get(stems[language]);
    if (answers !== undefined) yield { start, end, answers };
  }
}

function runs(text: string, from: number, to: number, marks: readonly Mark[]): Run[] {
  const found: Run[] = [];
  let at = from;
  for (const mark of marks) {
    if (mark.start < at || mark.end > to) continue;
    if (mark.start > at) found.push({ text: text.slice(at, mark.start), match: false });
    found.push({ text: text.slice(mark.start, mark.end), match: true });
    at = mark.end;
  }
  if (at < to) found.push({ text: text.slice(at, to), match: false });
  return found.map((run) => ({ ...run, text: run.text.replace(/\s+/g, ' ') }));
}

/** Returns the whole text in runs, with the words marked that are asked for. */
export function marked(text: string, language: StemmedLanguage, asked: MarkedStems): Run[] {
  return runs(text, 0, text.length, [...marksIn(text, language, asked)]);
}

function wordStart(text: string, near: number): number {
  if (near <= 0) return 0;
  const space = text.slice(near, near + 40).search(/\s/);
  return space < 0 ? near : near + space + 1;
}

function wordEnd(text: string, near: number): number {
  if (near >= text.length) return text.length;
  const before = text.slice(Math.max(0, near - 40), near);
  const space = before.search(/\s\S*$/);
  const cut = space < 0 ? near : near - before.length + space;
  // A surrogate pair is never cut in two.
  return /[\uD800-\uDBFF]/.test(text[cut - 1] ?? '') ? cut - 1 : cut;
}

const answered = (marks: readonly Mark[]): number => new Set(marks.flatMap((mark) => mark.answers)).size;

/** The stretch of the snippet's length that answers the most words of the question; the earliest of those. */
function bestStretch(marks: Iterable<Mark>, enough: number): Mark[] {
  let best: Mark[] = [];
  let bestWords = 0;
  let stretch: Mark[] = [];
  for (const mark of marks) {
    stretch = [...stretch.filter((one) => mark.end - one.start <= SNIPPET_LENGTH - 20), mark];
    const words = answered(stretch);
    if (words > bestWords) {
      best = stretch;
      bestWords = words;
    } else if (best.at(-1) === stretch.at(-2) && best[0] === stretch[0]) {
      best = stretch;
    }
    if (bestWords >= enough && best !== stretch) break;
  }
  return best;
}

/**
 * Returns the part of the text (about 220 characters, whole words, `…` where it was cut) with the most of what is asked
 * for, or `undefined` when none of it is there.
 */
export function bestSnippet(
  text: string,
  language: StemmedLanguage,
  asked: MarkedStems,
): Snippet | undefined {
  return snippetAround(text, marksIn(text, language, asked), asked);
}

/** Returns the same where the marks are known already. */
export function snippetAround(text: string, marks: Iterable<Mark>, asked: MarkedStems): Snippet | undefined {
  const found = bestStretch(marks, asked.words);
  const first = found[0];
  const last = found.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const spare = Math.max(0, SNIPPET_LENGTH - (last.end - first.start));
  const from = Math.min(first.start, wordStart(text, first.start - Math.floor(spare / 2)));
  const to = Math.max(last.end, wordEnd(text, from + SNIPPET_LENGTH));
  return {
    runs: withEllipses(runs(text, from, to, found), from > 0, to < text.length),
    at: first.start,
    words: answered(found),
  };
}

/** Returns the beginning of a text as a snippet with nothing marked. */
export function leadingSnippet(text: string): Run[] {
  const to = wordEnd(text, SNIPPET_LENGTH);
  return withEllipses(runs(text, 0, to, []), false, to < text.length);
}

function withEllipses(found: Run[], before: boolean, after: boolean): Run[] {
  const start: Run[] = before ? [{ text: '… ', match: false }] : [];
  const end: Run[] = after ? [{ text: ' …', match: false }] : [];
  return [...start, ...found, ...end];
}
