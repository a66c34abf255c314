import { type Kysely, sql } from 'kysely';
import { slugOf } from '../../model/addresses.ts';
import type { ShowSummary, Suggestion } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { wordsOf } from '../search/words.ts';
import { newestRows } from '../sqlite/full-text.ts';
import { beginningsExpression } from '../sqlite/match.ts';
import { cardsOf } from './episodes.ts';
import { countIn, scheduledIds } from './lists.ts';

type Db = Kysely<CatalogueTables>;
type Kind = Suggestion['kind'];

const LONGEST_BEGINNING = 60;
const MOST_WORDS = 6;
const SHORTEST_WORD = 2;
/** The most names with the typed beginning that are looked at; with more of them another letter is needed. */
const NAMES_LOOKED_AT = 2000;
const TITLES_FOR_EACH = 4;
/** At most so many of a kind; episodes take what is left. */
const MOST_OF_KIND = { show: 2, person: 3, tag: 3 } as const;

/** Returns whether each of the words begins one of the name's. */
const beginsLike = (name: string, words: readonly string[]): boolean => {
  const own = name.split('-');
  return words.every((word) => own.some((one) => one.startsWith(word)));
};

function showsLike(shows: readonly ShowSummary[], words: readonly string[], limit: number): Suggestion[] {
  return shows
    .filter(({ title, slug }) => beginsLike(slugOf(title), words) || beginsLike(slug, words))
    .sort((a, b) => b.episodeCount - a.episodeCount)
    .slice(0, limit)
    .map(({ title, slug }) => ({ kind: 'show', name: title, slug }));
}

/** The tags or people of public episodes, the most frequent first. */
async function namesLike(
  db: Db,
  kind: 'tag' | 'person',
  words: readonly string[],
  { limit, now }: { limit: number; now: number },
): Promise<Suggestion[]> {
  const [longest = ''] = words.toSorted((a, b) => b.length - a.length);
  const begun = await db
    .selectFrom('list_words')
    .select('list_id')
    .where('word', '>=', longest)
    .where('word', '<', `${longest}\u{10ffff}`)
    .limit(NAMES_LOOKED_AT)
    .execute();
  const ids = JSON.stringify([...new Set(begun.map((row) => row.list_id))]);
  const rows = await db
    .selectFrom('lists')
    .select(['id', 'slug', 'name', 'episodes', 'segments'])
    .where('id', 'in', sql<number>`(select value from json_each(${ids}))`)
    // The plus keeps SQLite from going through all lists of the kind instead (its "Query Planner", section 2).
    .where(sql`+kind`, '=', kind)
    .where('episodes', '>', 0)
    .execute();
  const likely = rows
    .filter(({ slug }) => beginsLike(slug, words))
    .sort((a, b) => b.episodes - a.episodes || (a.slug < b.slug ? -1 : 1));
  const found: Suggestion[] = [];
  for (const { name, slug, ...list } of likely) {
    if (found.length === limit) break;
    const { episodes } = await countIn(db, { ...list, also: [] }, now);
    if (episodes > 0) found.push({ kind, name: name ?? slug, slug });
  }
  return found;
}

async function episodesLike(
  db: Db,
  text: string,
  { limit, now }: { limit: number; now: number },
): Promise<Suggestion[]> {
  const words = [...wordsOf(text)].map((word) => word.folded).filter((word) => word.length >= SHORTEST_WORD);
  if (words.length === 0 || limit <= 0) return [];
  const match = beginningsExpression(words.slice(0, MOST_WORDS));
  const without = await scheduledIds(db, now);
  const ids = await newestRows(db, 'title_text', match, { without, limit: limit * TITLES_FOR_EACH });
  const cards = [...(await cardsOf(db, ids)).values()];
  // A single letter is not looked for in the index, where it begins half of the words.
  const letters = slugOf(text)
    .split('-')
    .filter((word) => word.length < SHORTEST_WORD);
  const likely = cards.filter(({ title }) => beginsLike(slugOf(title), letters));
  return likely.slice(0, limit).map(({ title, show, slug }) => ({
    kind: 'episode',
    name: title,
    slug: `${show}/${slug}`,
  }));
}

/** Returns suggestions for a text that is still being typed: names and titles with words that begin like its own. */
export async function suggestions(
  db: Db,
  typed: string,
  { limit, kind, shows }: { limit: number; kind?: Kind | undefined; shows: readonly ShowSummary[] },
  now: number,
): Promise<Suggestion[]> {
  const text = typed.slice(0, LONGEST_BEGINNING);
  const words = slugOf(text).split('-').filter(Boolean).slice(0, MOST_WORDS);
  if (words.join('').length < SHORTEST_WORD) return [];
  const most = (one: keyof typeof MOST_OF_KIND): number =>
    kind === undefined ? MOST_OF_KIND[one] : kind === one ? limit : 0;
  const names = [
    ...showsLike(shows, words, most('show')),
    ...(most('person') > 0 ? await namesLike(db, 'person', words, { limit: most('person'), now }) : []),
    ...(most('tag') > 0 ? await namesLike(db, 'tag', words, { limit: most('tag'), now }) : []),
  ].slice(0, limit);
  if (kind !== undefined && kind !== 'episode') return names;
  return [...names, ...(await episodesLike(db, text, { limit: limit - names.length, now }))];
}
