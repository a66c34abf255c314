import type { Kysely } from 'kysely';
import type { SearchFilter, SearchPage } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { episodeScopes, SAID_SCOPE } from '../search/document.ts';
import { type Hints, type MarkedStems, markedStems } from '../search/marked-stems.ts';
import { parseSearchQuery, type SearchQuery } from '../search/search-query.ts';
import { countRows, newestRows, type RankedRow, type RowChoice, rankedRows } from '../sqlite/full-text.ts';
import { type Match, matchExpression, scopeExpression } from '../sqlite/match.ts';
import { searchHits } from './hits.ts';
import { scheduledIds } from './lists.ts';
import { completions, splits } from './vocabulary.ts';

type Db = Kysely<CatalogueTables>;
type Part = { from: number; size: number };

/** With more hits than this, headings and dates rank better than bm25. */
const MOST_RANKED = 300;
/** So many of the best come first. */
const BEST = 100;
/** Row numbers are minutes, nearly (`writing/row-numbers.ts`). */
const YEAR = 365.25 * 24 * 60;
/** How much better the newest hit counts than one of years ago. */
const NEWNESS = 0.12;

/** How many episodes have what was asked in their text, and how many more only in what is said. */
type Found = { match: Match; written: number; spoken: number; hidden: readonly number[]; asked: MarkedStems };

/** Tries a query from strict to loose: every word, then the last one unfinished, then any word. */
async function bestMatch(
  db: Db,
  question: SearchQuery,
  scopes: readonly string[],
  hidden: readonly number[],
): Promise<Found | undefined> {
  const none: Hints = { completions: [], splits: await splits(db, question) };
  const tries: [boolean, () => Promise<Hints>][] = [
    [true, async () => none],
    [true, async () => ({ ...none, completions: await completions(db, question) })],
    [false, async () => ({ ...none, completions: await completions(db, question) })],
  ];
  for (const [every, hintsFor] of tries) {
    const hints = await hintsFor();
    const match = matchExpression(question, { every, scopes, hints });
    if (match === undefined) return undefined;
    const written = await countRows(db, 'full_text', match.anywhere, { without: hidden });
    const spoken = await countSpoken(db, question, { match, written, hidden });
    if (written + spoken > 0) return { match, written, spoken, hidden, asked: markedStems(question, hints) };
  }
  return undefined;
}

const alsoSaid = ({ anywhere }: Match): string => `${scopeExpression([SAID_SCOPE])} AND ${anywhere}`;

/** Every episode in the index of what is said has its text there, too: those found by the text alone are taken off. */
async function countSpoken(
  db: Db,
  question: SearchQuery,
  { match, written, hidden: without }: Pick<Found, 'match' | 'written' | 'hidden'>,
): Promise<number> {
  // Function words are indexed in titles alone.
  if (question.terms.some((term) => term.inTitle)) return 0;
  const all = await countRows(db, 'said_text', match.anywhere, { without });
  return all === 0 || written === 0
    ? all
    : all - (await countRows(db, 'full_text', alsoSaid(match), { without }));
}

/** The best of not too many: by rank, the newer first among those that match about as well. */
async function bestRanked(
  db: Db,
  table: 'full_text' | 'said_text',
  match: Match,
  choice: RowChoice,
): Promise<number[]> {
  const rows = await rankedRows(db, table, match.anywhere, { ...choice, limit: MOST_RANKED });
  const newest = rows[0]?.id ?? 0;
  const score = ({ id, rank }: RankedRow): number => rank * (1 + NEWNESS * 0.5 ** ((newest - id) / YEAR));
  const sorted = rows.map((row) => ({ id: row.id, score: score(row) }));
  return sorted.sort((a, b) => a.score - b.score || b.id - a.id).map((row) => row.id);
}

/** The best of very many: with all words in the title, then in tags and names too, the newest of each. */
async function bestByHeadings(db: Db, match: Match, without: readonly number[]): Promise<number[]> {
  const found = [
    ...(await newestRows(db, 'full_text', match.title, { without, limit: BEST / 2 })),
    ...(await newestRows(db, 'full_text', match.headings, { without, limit: BEST / 2 })),
  ];
  return [...new Set(found)];
}

/** Of what is found by its text: the best come first, after them all others, the newest first. */
async function writtenOf(db: Db, { match, written, hidden }: Found, { from, size }: Part): Promise<number[]> {
  if (written <= MOST_RANKED) {
    const ranked = await bestRanked(db, 'full_text', match, { without: hidden });
    return ranked.slice(from, from + size);
  }
  const best = await bestByHeadings(db, match, hidden);
  const hits = best.slice(from, from + size);
  if (hits.length === size) return hits;
  const offset = Math.max(0, from - best.length);
  const without = [...hidden, ...best];
  const limit = size - hits.length;
  return [...hits, ...(await newestRows(db, 'full_text', match.anywhere, { without, offset, limit }))];
}

/** Of what only the sound has: the best, or of very many the newest. */
async function spokenOf(db: Db, found: Found, { from, size }: Part): Promise<number[]> {
  const { match, written, spoken, hidden } = found;
  const choice = { without: hidden, ...(written === 0 ? {} : { exceptMatch: alsoSaid(match) }) };
  if (spoken <= MOST_RANKED)
    return (await bestRanked(db, 'said_text', match, choice)).slice(from, from + size);
  return newestRows(db, 'said_text', match.anywhere, { ...choice, offset: from, limit: size });
}

async function idsOf(db: Db, found: Found, { from, size }: Part): Promise<number[]> {
  const { written, spoken } = found;
  const ids = from < written ? await writtenOf(db, found, { from, size }) : [];
  if (spoken === 0 || ids.length === size) return ids;
  const part = { from: Math.max(0, from - written), size: size - ids.length };
  return [...ids, ...(await spokenOf(db, found, part))];
}

const NOTHING: SearchPage = { hits: [], total: 0, page: 1, pages: 0 };

/**
 * Returns one page (from 1) of what a text finds. It never throws, whatever the text. When no episode has all of the
 * words, those that have any are found. Without a word, but with a filter, all that passes it comes, the newest first.
 */
export async function search(
  db: Db,
  text: string,
  { page: number, size, ...filter }: SearchFilter & { page: number; size: number },
  now: number,
): Promise<SearchPage> {
  const question = parseSearchQuery(text);
  const scopes = episodeScopes(filter);
  const hidden = await scheduledIds(db, now);
  if (question.terms.length === 0) return newestWithin(db, scopes, hidden, { number, size });
  const best = await bestMatch(db, question, scopes, hidden);
  if (best === undefined) return NOTHING;
  const total = best.written + best.spoken;
  const { page, pages, part } = turnedTo(number, { total, size });
  const ids = await idsOf(db, best, part);
  return { hits: await searchHits(db, ids, best.asked), total, page, pages };
}

async function newestWithin(
  db: Db,
  scopes: readonly string[],
  without: readonly number[],
  { number, size }: { number: number; size: number },
): Promise<SearchPage> {
  if (scopes.length === 0) return NOTHING;
  const match = scopeExpression(scopes);
  const total = await countRows(db, 'full_text', match, { without });
  if (total === 0) return NOTHING;
  const { page, pages, part } = turnedTo(number, { total, size });
  const ids = await newestRows(db, 'full_text', match, { without, offset: part.from, limit: part.size });
  return { hits: await searchHits(db, ids, { stems: new Map(), words: 0 }), total, page, pages };
}

/** The page that a number means: the last one where it is too high, the first where it is none. */
function turnedTo(
  number: number,
  { total, size }: { total: number; size: number },
): { page: number; pages: number; part: Part } {
  const pages = Math.ceil(total / size);
  const page = Math.min(Math.max(1, Math.trunc(number) || 1), pages);
  return { page, pages, part: { from: (page - 1) * size, size } };
}
