import type { SearchQuery } from './search-query.ts';
import { stemsOf } from './stems.ts';

/** What the index's own words add to a question. */
export type Hints = {
  /** Words that the last, unfinished one may become. */
  completions: readonly string[];
  /** Words that are two known words in one: `deepseek` → `deep`, `seek`. */
  splits: ReadonlyMap<string, readonly (readonly [string, string])[]>;
};

/** What snippets mark: each stem with the numbers of the query's words that it stands for; `words`: how many there are. */
export type MarkedStems = { stems: ReadonlyMap<string, readonly number[]>; words: number };

/** Returns every stem that the query's words may have in a text, also when two of them are written as one or one as two. */
export function markedStems(question: SearchQuery, { completions, splits }: Hints): MarkedStems {
  const stems = new Map<string, number[]>();
  const add = (word: string, numbers: readonly number[]): void => {
    for (const stem of new Set([word, ...stemsOf(word)])) {
      const known = stems.get(stem) ?? [];
      stems.set(stem, [...known, ...numbers.filter((number) => !known.includes(number))]);
    }
  };
  let number = 0;
  let before: string | undefined;
  for (const term of question.terms) {
    for (const word of term.words) {
      add(word, [number]);
      if (before !== undefined) add(before + word, [number - 1, number]);
      for (const half of (splits.get(word) ?? []).flat()) add(half, [number]);
      if (term.open) for (const completion of completions) add(completion, [number]);
      before = word;
      number += 1;
    }
  }
  return { stems, words: number };
}
