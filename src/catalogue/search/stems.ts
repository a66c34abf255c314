import { stemmer as englishStemmer } from '@orama/stemmers/english';
import { stemmer as italianStemmer } from '@orama/stemmers/italian';
import { isStopWord } from './stop-words.ts';

/** The languages whose words have stems here; words of any other are treated as Italian. */
export type StemmedLanguage = 'it' | 'en';

/** What is known of a way of writing a word. */
export type WordForms = {
  /** The form in which words are compared: lower case, no accents. Empty when nothing of it is left. */
  folded: string;
  isStopWord: boolean;
  /** Snowball's stems of the folded form, by language. */
  stems: Record<StemmedLanguage, string>;
};

const LONGEST_WORD = 48;
const ASCII = /^[\0-\x7f]*$/;
const LEXEMES_KEPT = 30_000;
const UNDECOMPOSED: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i' };

/** Returns a text in lower case, its letters without accents. Of an ASCII text every letter stays in its place. */
export function plainLetters(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßøłđæœı]/g, (letter) => UNDECOMPOSED[letter] ?? letter);
}

function fold(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return lower.slice(0, LONGEST_WORD);
  return plainLetters(lower)
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, LONGEST_WORD);
}

function lexemeAnew(written: string): WordForms {
  const folded = fold(written);
  // Snowball works on the letters of European languages; numbers and other scripts are their own stems.
  const stems = /^[a-z]{3,}$/.test(folded)
    ? { it: italianStemmer(folded), en: englishStemmer(folded) }
    : { it: folded, en: folded };
  return { folded, isStopWord: isStopWord(folded), stems };
}

const lexemes = new Map<string, WordForms>();

/**
 * Returns the forms of a word as it was written. The words are folded before they are stemmed, so that whoever
 * leaves out an accent finds the same. A language has few words and uses them often, so they are remembered.
 */
export function wordForms(written: string): WordForms {
  const known = lexemes.get(written);
  if (known !== undefined) return known;
  const found = lexemeAnew(written);
  if (lexemes.size >= LEXEMES_KEPT) lexemes.clear();
  lexemes.set(written, found);
  return found;
}

/** Returns the language by which texts tagged so (BCP 47) are stemmed. */
export const stemmedLanguage = (tag: string): StemmedLanguage => (/^en\b/i.test(tag) ? 'en' : 'it');

/** Returns the stem of a folded word: `intelligenze` and `intelligenza` have the same. */
export const stemOf = (folded: string, language: StemmedLanguage): string =>
  wordForms(folded).stems[language];

/** Returns the stems that a word of unknown language may have in the index. */
export function stemsOf(folded: string): string[] {
  const { it, en } = wordForms(folded).stems;
  return it === en ? [it] : [it, en];
}
