import type { StemmedLanguage } from './stems.ts';
import { wordsOf } from './words.ts';

/** A piece of text, and whether it is what was looked for. */
export type Run = { text: string; match: boolean };

type Marked = { start: number; end: number; stem: string };

const SNIPPET_LENGTH = 220;
const WORDS_LOOKED_AT = 5000;

function* marksIn(text: string, language: StemmedLanguage, asked: ReadonlySet<string>): Generator<Marked> {
  let looked = 0;
  for (const { folded, stems, start, end } of wordsOf(text)) {
    looked += 1;
    if (looked > WORDS_LOOKED_AT) return;
    const stem = stems[language];
    if (asked.has(folded) || asked.has(stem)) yield { start, end, stem };
  }
}

function runs(text: string, from: number, to: number, marks: readonly Marked[]): Run[] {
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

/** Returns the whole text in runs, with the words marked whose stems are asked for. */
export function marked(text: string, language: StemmedLanguage, asked: ReadonlySet<string>): Run[] {
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

/** The stretch of the snippet's length that holds the most different stems; the earliest of those. */
function bestStretch(marks: Iterable<Marked>, enough: number): Marked[] {
  let best: Marked[] = [];
  let bestStems = 0;
  let stretch: Marked[] = [];
  for (const mark of marks) {
    stretch = [...stretch.filter((one) => mark.end - one.start <= SNIPPET_LENGTH - 20), mark];
    const stems = new Set(stretch.map((one) => one.stem)).size;
    if (stems > bestStems) {
      best = stretch;
      bestStems = stems;
    } else if (best.at(-1) === stretch.at(-2) && best[0] === stretch[0]) {
      best = stretch;
    }
    if (bestStems >= enough && best !== stretch) break;
  }
  return best;
}

/**
 * Returns the part of the text (about 220 characters, whole words, `…` where it was cut) with the most of what is asked
 * for, or `undefined` when none of it is there. `enough`: with so many different stems together it looks no further.
 */
export function snippetOf(
  text: string,
  language: StemmedLanguage,
  asked: ReadonlySet<string>,
  enough: number,
): Run[] | undefined {
  const marks = bestStretch(marksIn(text, language, asked), enough);
  const first = marks[0];
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const spare = Math.max(0, SNIPPET_LENGTH - (last.end - first.start));
  const from = Math.min(first.start, wordStart(text, first.start - Math.floor(spare / 2)));
  const to = Math.max(last.end, wordEnd(text, from + SNIPPET_LENGTH));
  return withEllipses(runs(text, from, to, marks), from > 0, to < text.length);
}

/** Returns the beginning of a text as a snippet with nothing marked. */
export function beginningOf(text: string): Run[] {
  const to = wordEnd(text, SNIPPET_LENGTH);
  return withEllipses(runs(text, 0, to, []), false, to < text.length);
}

function withEllipses(found: Run[], before: boolean, after: boolean): Run[] {
  const start: Run[] = before ? [{ text: '… ', match: false }] : [];
  const end: Run[] = after ? [{ text: ' …', match: false }] : [];
  return [...start, ...found, ...end];
}
