import type { Kysely } from 'kysely';
import { slugOf } from '../../model/addresses.ts';
import type { Episode, EpisodeCard } from '../../model/episode.ts';
import type { CatalogueTables } from '../schema.ts';
import { stemOf } from '../search/stems.ts';
import { wordsOf } from '../search/words.ts';
import { newestRows } from '../sqlite/full-text.ts';
import { likenessExpression, peopleExpression } from '../sqlite/match.ts';
import { cardsOf } from './episodes.ts';
import { listsFor, newestFirst, scheduledIds } from './lists.ts';

type Db = Kysely<CatalogueTables>;
type Like = Pick<Episode, 'guid' | 'show' | 'tags' | 'categories' | 'people' | 'title'>;

const LOOKED_AT = 30;
const TITLE_WORDS = 5;
const WEIGHT = { tag: 3, category: 1, people: 1.5, words: 2 } as const;

const telling = (text: string): string[] =>
  [...wordsOf(text)].flatMap((word) => (word.isStopWord ? [] : [word.folded]));

/** Adds the newest episodes that share a tag or category: the rarer it is, the more it says. */
async function shareLabel(
  db: Db,
  kind: 'tag' | 'category',
  label: string,
  now: number,
  add: (id: number, score: number) => void,
): Promise<void> {
  const lists = await listsFor(db, { [kind]: slugOf(label) });
  if (lists === undefined) return;
  const rows = await newestFirst(db, lists, now).select('entry.episode_id').limit(LOOKED_AT).execute();
  const score = WEIGHT[kind] / Math.log2(2 + lists.episodes);
  for (const row of rows) add(row.episode_id, score);
}

/** How much of the title's words another title has, from 0 to 1. */
function likeness(words: readonly string[], title: string): number {
  if (words.length === 0) return 0;
  const others = new Set(telling(title).map((word) => stemOf(word, 'it')));
  return words.filter((word) => others.has(stemOf(word, 'it'))).length / words.length;
}

/**
 * Returns episodes that have to do with this one: the same tags, people and categories, the same words in the title. The
 * closest first, the newer of two equals first.
 */
export async function related(db: Db, episode: Like, limit: number, now: number): Promise<EpisodeCard[]> {
  const scores = new Map<number, number>();
  const add = (id: number, score: number): void => {
    scores.set(id, (scores.get(id) ?? 0) + score);
  };
  for (const tag of episode.tags) await shareLabel(db, 'tag', tag, now, add);
  for (const category of episode.categories) await shareLabel(db, 'category', category, now, add);
  // Long words say more than short ones, and are rarer.
  const words = [...new Set(telling(episode.title))].sort((a, b) => b.length - a.length);
  const names = episode.people.map((person) => telling(person.name));
  const without = await scheduledIds(db, now);
  for (const [match, score] of [
    [peopleExpression(names), WEIGHT.people],
    [likenessExpression(words.slice(0, TITLE_WORDS)), 0],
  ] as const) {
    if (match === undefined) continue;
    for (const id of await newestRows(db, match, { without, limit: LOOKED_AT })) add(id, score);
  }
  const cards = [...(await cardsOf(db, [...scores.keys()]))];
  return cards
    .filter(([, card]) => card.guid !== episode.guid)
    .map(([id, card]) => ({
      card,
      score: (scores.get(id) ?? 0) + WEIGHT.words * likeness(words, card.title),
    }))
    .sort((a, b) => b.score - a.score || b.card.publishedAt - a.card.publishedAt)
    .slice(0, limit)
    .map(({ card }) => card);
}
