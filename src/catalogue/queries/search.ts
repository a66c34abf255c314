import type { Kysely } from 'kysely';
import type { Episode } from '../../model/episode.ts';
import type { SearchHit, SearchPage } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { type Question, questionOf, stemsAsked } from '../search/question.ts';
import { beginningOf, marked, type Run, snippetOf } from '../search/snippet.ts';
import { stemmedLanguage } from '../search/stems.ts';
import { countRows, newestRows, type RankedRow, rankedRows } from '../sqlite/full-text.ts';
import { type Hints, type Match, matchExpression } from '../sqlite/match.ts';
import { cardsOf, episodesOf } from './episodes.ts';
import { scheduledIds } from './lists.ts';
import { completions, splits } from './vocabulary.ts';

type Db = Kysely<CatalogueTables>;

/** With more hits than these, what they have in their headings and when they appeared tells more than bm25 does. */
const MOST_RANKED = 300;
/** So many of the best come first. */
const BEST = 100;
/** Row numbers are minutes, nearly (`writing/row-numbers.ts`). */
const YEAR = 365.25 * 24 * 60;
/** The newest of the best counts as this much better than one of years ago. */
const NEWNESS = 0.12;

type Found = { match: Match; total: number; hidden: readonly number[]; completions: readonly string[] };

/** Tries what was asked from strict to loose: every word, then the last one unfinished, then any word. */
async function bestMatch(
  db: Db,
  question: Question,
  show: string | undefined,
  now: number,
): Promise<Found | undefined> {
  const hidden = await scheduledIds(db, now);
  const none: Hints = { completions: [], splits: await splits(db, question) };
  const tries: [boolean, () => Promise<Hints>][] = [
    [true, async () => none],
    [true, async () => ({ ...none, completions: await completions(db, question) })],
    [false, async () => ({ ...none, completions: await completions(db, question) })],
  ];
  for (const [every, hintsFor] of tries) {
    const hints = await hintsFor();
    const match = matchExpression(question, { every, show, hints });
    if (match === undefined) return undefined;
    const total = await countRows(db, match.anywhere, hidden);
    if (total > 0) return { match, total, hidden, completions: hints.completions };
  }
  return undefined;
}

/** The best of not too many: by rank, the newer first among those that match about as well. */
async function bestRanked(db: Db, match: Match, hidden: readonly number[]): Promise<number[]> {
  const rows = await rankedRows(db, match.anywhere, { without: hidden, limit: MOST_RANKED });
  const newest = rows[0]?.id ?? 0;
  const score = ({ id, rank }: RankedRow): number => rank * (1 + NEWNESS * 0.5 ** ((newest - id) / YEAR));
  const sorted = rows.map((row) => ({ id: row.id, score: score(row) }));
  return sorted.sort((a, b) => a.score - b.score || b.id - a.id).map((row) => row.id);
}

/** The best of very many: with all words in the title, then in tags and names too, the newest of each. */
async function bestByHeadings(db: Db, match: Match, hidden: readonly number[]): Promise<number[]> {
  const found = [
    ...(await newestRows(db, match.title, { without: hidden, limit: BEST / 2 })),
    ...(await newestRows(db, match.headings, { without: hidden, limit: BEST / 2 })),
  ];
  return [...new Set(found)];
}

/** The best come first, after them all others, the newest first. */
async function hitsOf(
  db: Db,
  found: Found,
  { from, size }: { from: number; size: number },
): Promise<number[]> {
  const { match, total, hidden } = found;
  if (total <= MOST_RANKED) return (await bestRanked(db, match, hidden)).slice(from, from + size);
  const best = await bestByHeadings(db, match, hidden);
  const hits = best.slice(from, from + size);
  if (hits.length === size) return hits;
  const offset = Math.max(0, from - best.length);
  const without = [...hidden, ...best];
  return [...hits, ...(await newestRows(db, match.anywhere, { without, offset, limit: size - hits.length }))];
}

function snippet(episode: Episode, asked: ReadonlySet<string>, terms: number): Run[] {
  const language = stemmedLanguage(episode.language);
  const chapters = episode.segments.flatMap((segment) => [
    segment.title,
    ...segment.chapters.map((chapter) => chapter.title),
  ]);
  for (const text of [episode.articleText, episode.summary, ...chapters]) {
    const found = snippetOf(text, language, asked, terms);
    if (found !== undefined) return found;
  }
  return beginningOf(episode.summary === '' ? episode.articleText : episode.summary);
}

/**
 * Returns one page (from 1) of what a text finds. It never throws, whatever the text. When no episode has all of the
 * words, those that have any are found.
 */
export async function search(
  db: Db,
  text: string,
  { page: number, size, show }: { page: number; size: number; show?: string },
  now: number,
): Promise<SearchPage> {
  const question = questionOf(text);
  const best = await bestMatch(db, question, show, now);
  if (best === undefined) return { hits: [], total: 0, page: 1, pages: 0 };
  const pages = Math.ceil(best.total / size);
  const current = Math.min(Math.max(1, Math.trunc(number) || 1), pages);
  const ids = await hitsOf(db, best, { from: (current - 1) * size, size });
  const cards = await cardsOf(db, ids);
  const episodes = await episodesOf(db, ids);
  const asked = stemsAsked(question, best.completions);
  const hits = [...cards].flatMap(([id, card]): SearchHit[] => {
    const episode = episodes.get(id);
    if (episode === undefined) return [];
    const title = marked(card.title, stemmedLanguage(episode.language), asked);
    return [{ card, title, snippet: snippet(episode, asked, question.terms.length) }];
  });
  return { hits, total: best.total, page: current, pages };
}
