import { isStopWord } from './stop-words.ts';
import { wordsOf } from './words.ts';

/** One term of a query: a word, or words that must follow each other. */
export type SearchTerm = {
  words: string[];
  /** A word that the asker may still be typing. */
  open: boolean;
  /** A function word: only titles hold it. */
  inTitle: boolean;
};

export type SearchQuery = { terms: SearchTerm[] };

const LONGEST_QUESTION = 400;
const MOST_TERMS = 12;

/** Returns the query of a typed text: words, and "phrases" in quotes. Any text is valid. */
export function parseSearchQuery(typed: string): SearchQuery {
  const text = typed.slice(0, LONGEST_QUESTION).replace(/[“”„«»]/g, '"');
  const parts = text.split('"');
  const terms: SearchTerm[] = [];
  for (const [index, part] of parts.entries()) {
    const quoted = index % 2 === 1 && index < parts.length - 1;
    const words = [...wordsOf(part)].map((word) => word.folded);
    if (quoted && words.length > 1) {
      const telling = words.filter((word) => !isStopWord(word));
      terms.push({
        words: telling.length > 0 ? telling : words,
        open: false,
        inTitle: telling.length === 0,
      });
    } else {
      const last = !quoted && index === parts.length - 1 && /[\p{L}\p{N}]$/u.test(part);
      for (const [at, word] of words.entries()) {
        terms.push({ words: [word], open: last && at === words.length - 1, inTitle: isStopWord(word) });
      }
    }
  }
  const telling = terms.filter((term) => !term.inTitle);
  return { terms: (telling.length > 0 ? telling : terms).slice(0, MOST_TERMS) };
}
