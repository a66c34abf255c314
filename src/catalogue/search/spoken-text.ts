import type { Cue } from '../../model/transcript.ts';
import type { MarkedStems } from './marked-stems.ts';
import { type Mark, marksIn, type Snippet, snippetAround } from './snippet.ts';
import { plainLetters, type StemmedLanguage } from './stems.ts';

/** What is said in a segment, as the index keeps it. */
export type SpokenText = { segment: number; language: StemmedLanguage; cues: readonly Cue[] };

const ACRONYM = String.raw`(?:\p{L}\.){2}`;
const LONGEST_BEGINNING = 4;

/**
 * Returns a pattern that tells quickly whether a text may hold a searched word, so that an hour of talk need not be stemmed
 * word by word: a stem may differ from its word in its last letter, never in its first ones.
 */
function glance({ stems }: MarkedStems): RegExp {
  const beginnings = [...stems.keys()].map((stem) => {
    const letters = [...stem];
    return letters.slice(0, Math.max(2, Math.min(LONGEST_BEGINNING, letters.length - 1))).join('');
  });
  // Stems are letters and digits alone: nothing in them is an operator.
  const words = [...new Set(beginnings)].join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})|${ACRONYM}`, 'u');
}

/** Returns the snippet of the spoken text that answers the most words, with its position; the earliest of equals. */
export function spokenSnippet(
  spoken: readonly SpokenText[],
  asked: MarkedStems,
): { snippet: Snippet; segment: number; cue: Cue } | undefined {
  const mayHold = glance(asked);
  let best: { snippet: Snippet; segment: number; cue: Cue } | undefined;
  for (const { segment, language, cues } of spoken) {
    const starts: number[] = [];
    let length = 0;
    for (const { text } of cues) {
      starts.push(length);
      length += text.length + 1;
    }
    const marks: Mark[] = [];
    for (const [index, { text }] of cues.entries()) {
      if (!mayHold.test(plainLetters(text))) continue;
      const start = starts[index] ?? 0;
      for (const mark of marksIn(text, language, asked))
        marks.push({ ...mark, start: start + mark.start, end: start + mark.end });
    }
    if (marks.length === 0) continue;
    const text = cues.map((cue) => cue.text).join(' ');
    const snippet = snippetAround(text, marks, asked);
    if (snippet === undefined || snippet.words <= (best?.snippet.words ?? 0)) continue;
    const cue = cues[starts.findLastIndex((start) => start <= snippet.at)];
    if (cue !== undefined) best = { snippet, segment, cue };
  }
  return best;
}
