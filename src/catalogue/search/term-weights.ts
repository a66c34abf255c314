import type { Episode } from '../../model/episode.ts';
import { peopleOf } from '../people.ts';
import { isCommonWord } from './common-words.ts';
import type { SpokenText } from './spoken-text.ts';
import { type StemmedLanguage, stemmedLanguage } from './stems.ts';
import { wordsOf } from './words.ts';

/** What a word weighs by where an episode has it. */
const WEIGHTS = { title: 3, tag: 3, summary: 2, article: 1, said: 0.4 } as const;
/** An hour of talk has told by then what it is about. */
const WORDS_SAID = 3000;
const SHORTEST_WORD = 3;
/** The first tag is what an episode is about; each further one says a little less. */
export const NEXT_TAG = 0.8;
/** Whoever says a word still more often does not mean it more. */
const MOST = 8;

/** `isWritten`: it stands in the text, too, and is not only said. */
export type WeightedStem = { stem: string; weight: number; isWritten: boolean };

/**
 * Returns the stems of an episode that may tell what it is about, each with its weight: the more often it has them, and
 * the more prominently, the more. Names of people are not among them: whom two episodes have in common is known. The heaviest first, the longer of equals first, since long words are rarer.
 */
export function weightedStems(
  episode: Pick<Episode, 'title' | 'tags' | 'summary' | 'articleText' | 'language' | 'people' | 'segments'>,
  spoken: readonly SpokenText[],
): WeightedStem[] {
  const names = new Set(
    peopleOf(episode).flatMap(({ name }) => [...wordsOf(name)].map((word) => word.folded)),
  );
  const weights = new Map<string, number>();
  const add = (text: string, weight: number, language: StemmedLanguage): void => {
    for (const { folded, isStopWord, stems } of wordsOf(text)) {
      if (isStopWord || folded.length < SHORTEST_WORD || /^\d+$/.test(folded)) continue;
      const stem = stems[language];
      if (names.has(folded) || isCommonWord(stem)) continue;
      weights.set(stem, (weights.get(stem) ?? 0) + weight);
    }
  };
  const language = stemmedLanguage(episode.language);
  add(episode.title, WEIGHTS.title, language);
  for (const [index, tag] of episode.tags.entries()) add(tag, WEIGHTS.tag * NEXT_TAG ** index, language);
  add(episode.summary, WEIGHTS.summary, language);
  add(episode.articleText, WEIGHTS.article, language);
  const written = new Set(weights.keys());
  let words = 0;
  for (const { cues, language } of spoken) {
    for (const { text } of cues) {
      if (words > WORDS_SAID) break;
      words += text.length / 6;
      add(text, WEIGHTS.said, language);
    }
  }
  return [...weights]
    .map(([stem, weight]) => ({ stem, weight: Math.min(weight, MOST), isWritten: written.has(stem) }))
    .sort((a, b) => b.weight - a.weight || b.stem.length - a.stem.length || (a.stem < b.stem ? -1 : 1));
}
