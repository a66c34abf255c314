import type { Kysely } from 'kysely';
import type { CatalogueTables } from '../schema.ts';
import type { SearchQuery } from '../search/search-query.ts';

type Db = Kysely<CatalogueTables>;

const MOST_COMPLETIONS = 60;
const SHORTEST_BEGINNING = 2;
const SHORTEST_HALF = 3;

/** Returns words that occur and begin like the question's last, unfinished one. */
export async function completions(db: Db, question: SearchQuery): Promise<string[]> {
  const beginning = question.terms.find((term) => term.open)?.words[0];
  if (beginning === undefined || beginning.length < SHORTEST_BEGINNING) return [];
  const rows = await db
    .selectFrom('vocabulary')
    .select('word')
    .where('word', '>=', beginning)
    .where('word', '<', `${beginning}\u{10ffff}`)
    .orderBy('word')
    .limit(MOST_COMPLETIONS)
    .execute();
  return rows.map((row) => row.word);
}

/** Returns, for each word of the question that is two known words in one, those two. */
export async function splits(db: Db, question: SearchQuery): Promise<Map<string, [string, string][]>> {
  const words = question.terms.flatMap((term) => (term.words.length === 1 ? term.words : []));
  const pairs = words.flatMap((word) =>
    Array.from({ length: Math.max(0, word.length - 2 * SHORTEST_HALF + 1) }, (_, index) => {
      const cut = index + SHORTEST_HALF;
      return { word, halves: [word.slice(0, cut), word.slice(cut)] satisfies [string, string] };
    }),
  );
  const halves = [...new Set(pairs.flatMap((pair) => pair.halves))];
  if (halves.length === 0) return new Map();
  const rows = await db.selectFrom('vocabulary').select('word').where('word', 'in', halves).execute();
  const known = new Set(rows.map((row) => row.word));
  const found = new Map<string, [string, string][]>();
  for (const { word, halves } of pairs) {
    if (halves.every((half) => known.has(half))) found.set(word, [...(found.get(word) ?? []), halves]);
  }
  return found;
}
