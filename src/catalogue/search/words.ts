import { type WordForms, wordForms } from './stems.ts';

/** A word as it stands in a text: `start` and `end` in UTF-16 units. */
export type Word = WordForms & { start: number; end: number };

const ACRONYM = String.raw`(?<![\p{L}\p{N}])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?`;
const PLAIN_WORD = String.raw`[\p{L}\p{N}][\p{L}\p{N}\p{M}]*`;
const WORD = new RegExp(`${ACRONYM}|${PLAIN_WORD}`, 'gu');
const APOSTROPHES = new Set(["'", '’', '‘', '`', '´', 'ʼ'].map((mark) => mark.charCodeAt(0)));
const ELIDED = new Set(
  'all anch bell cent com cos dall degl dell dov gl grand mezz nell nessun quand quant quell quest sant sott sull tant tutt un'.split(
    ' ',
  ),
);
const ENGLISH_ENDINGS = new Set(['s', 't', 'd', 'm', 'll', 're', 've']);

function isApostrophe(text: string, at: number): boolean {
  return at < text.length && APOSTROPHES.has(text.charCodeAt(at));
}

/**
 * Yields the words of a text in order. What an apostrophe has cut off is left out (`l'acqua`, `dell’aria`, `c'è`,
 * `people's`); an acronym's dots do not count (`C.P.R.` is `cpr`).
 */
export function* wordsOf(text: string): Generator<Word, void, undefined> {
  let previousEnd = -1;
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    const end = start + match[0].length;
    const { folded, isStopWord, stems } = wordForms(match[0]);
    const afterApostrophe = previousEnd === start - 1 && isApostrophe(text, start - 1);
    previousEnd = end;
    if (folded === '') continue;
    if ((folded.length === 1 || ELIDED.has(folded)) && isApostrophe(text, end)) continue;
    if (afterApostrophe && ENGLISH_ENDINGS.has(folded)) continue;
    yield { folded, isStopWord, stems, start, end };
  }
}
