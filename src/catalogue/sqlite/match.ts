import type { Hints } from '../search/marked-stems.ts';
import type { SearchQuery, SearchTerm } from '../search/search-query.ts';
import { stemOf, stemsOf } from '../search/stems.ts';

// Words are letters and digits alone, so that nothing in them can be an operator once they stand in quotes.
const quoted = (stems: readonly string[]): string => `"${stems.join(' ')}"`;

function phrases(words: readonly string[]): string[] {
  const italian = words.map((word) => stemOf(word, 'it'));
  const english = words.map((word) => stemOf(word, 'en'));
  return [...new Set([quoted(italian), quoted(english)])];
}

/** Shorter ones begin too many words. */
const SHORTEST_BEGINNING = 3;

const single = (word: string): string[] => stemsOf(word).map((stem) => quoted([stem]));

function wordExpressions(question: SearchQuery, at: number, word: string, hints: Hints): string[] {
  const before = question.terms[at - 1]?.words;
  const after = question.terms[at + 1]?.words;
  // `deep seek` finds `DeepSeek`: a word may stand in one with its neighbour.
  const joined = [
    ...(before?.length === 1 ? [`${before[0]}${word}`] : []),
    ...(after?.length === 1 ? [`${word}${after[0]}`] : []),
  ];
  const halves = hints.splits.get(word) ?? [];
  return [...single(word), ...joined.flatMap(single), ...halves.flatMap(phrases)];
}

function termExpression(question: SearchQuery, term: SearchTerm, at: number, hints: Hints): string {
  const [word = ''] = term.words;
  const alternatives =
    term.words.length > 1
      ? [...phrases(term.words), ...(term.words.length === 2 ? single(term.words.join('')) : [])]
      : wordExpressions(question, at, word, hints);
  if (term.open) alternatives.push(...hints.completions.flatMap(single));
  if (term.inTitle) return `title : (${[quoted(term.words), ...alternatives].join(' OR ')})`;
  return `(${[...new Set(alternatives)].join(' OR ')})`;
}

/**
 * Returns the expression for a question that staff ask: all of its terms, anywhere in what has one of the scopes in each
 * group. With `begun` the last word may be the beginning of any. `undefined` when it asks for nothing.
 */
export function staffExpression(
  question: SearchQuery,
  { scopes, hints, begun }: { scopes: readonly (readonly string[])[]; hints: Hints; begun: boolean },
): string | undefined {
  if (question.terms.length === 0) return undefined;
  const terms = question.terms.map((term, at) => {
    const expression = termExpression(question, term, at, hints);
    const beginning = begun && term.open && !term.inTitle ? (term.words[0] ?? '') : '';
    return beginning.length < SHORTEST_BEGINNING ? expression : `(${expression} OR ${quoted([beginning])} *)`;
  });
  const within = scopes.map((group) => `scope : (${group.map((scope) => quoted([scope])).join(' OR ')})`);
  return [...within, ...terms].join(' AND ');
}

/** FTS5 expressions for one question: with all it asks for in the title, in title, tags and names, or anywhere. */
export type Match = { anywhere: string; headings: string; title: string };

/** Returns the expressions for a question: all of its terms, or any of them; `undefined` when it asks for nothing. */
export function matchExpression(
  question: SearchQuery,
  { every, scopes, hints }: { every: boolean; scopes: readonly string[]; hints: Hints },
): Match | undefined {
  const within = scopes.map((scope) => `scope : ${quoted([scope])} AND `).join('');
  if (question.terms.length === 0) return undefined;
  const terms = question.terms.map((term, at) => termExpression(question, term, at, hints));
  const all = `(${terms.join(every ? ' AND ' : ' OR ')})`;
  return {
    anywhere: within + all,
    headings: `${within}{title people tags} : ${all}`,
    title: `${within}title : ${all}`,
  };
}

/** Returns the expression for everything that has all of these scopes; there must be one. */
export const scopeExpression = (scopes: readonly string[]): string =>
  scopes.map((scope) => `scope : ${quoted([scope])}`).join(' AND ');

/** Returns the expression for what has this stem, anywhere or only where it says what an episode is about. */
export const stemExpression = (stem: string, where: 'anywhere' | 'headings'): string =>
  where === 'headings' ? `{title summary} : ${quoted([stem])}` : quoted([stem]);

/** Returns the expression for titles in which each of these words begins one. */
export const beginningsExpression = (words: readonly string[]): string =>
  words.map((word) => `${quoted([word])} *`).join(' AND ');
