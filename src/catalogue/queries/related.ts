import type { Kysely } from 'kysely';
import { slugOf } from '../../model/addresses.ts';
import type { Episode, EpisodeCard } from '../../model/episode.ts';
import { peopleOf } from '../people.ts';
import type { CatalogueTables } from '../schema.ts';
import { NEXT_TAG, type WeightedStem, weightedStems } from '../search/term-weights.ts';
import { newestRows } from '../sqlite/full-text.ts';
import { stemExpression } from '../sqlite/match.ts';
import { cardsOf } from './episodes.ts';
import { COMMON, episodesWith } from './frequencies.ts';
import { listsFor, newestFirst, scheduledIds } from './lists.ts';
import { spokenIn } from './transcripts.ts';

type Db = Kysely<CatalogueTables>;
type Add = (id: number, score: number) => void;

/** The weight of sharing a tag, a person or a category that hardly any other episode has. */
const WEIGHT = { tag: 4, person: 1.2, category: 0.5 } as const;
/** A show's host is in all its episodes, which says something about the show, not the episode. */
const HOST = 0.4;
/** What they have in common by sharing every telling word. */
const WORDS_WEIGHT = 5;
/** How much more a word counts in another episode's title, tags or summary. */
const IN_HEADINGS = 1.2;
/** Of the newest that share a label or a word so many are looked at. */
const LOOKED_AT = 60;
const ROWS_OF_STEM = 200;
/** How many of an episode's words are weighed by rarity, and how many of those are searched for. */
const STEMS_WEIGHED = 60;
const STEMS_ASKED = 14;
/** So many rows may be read for all of these words together. */
const ROWS_READ = 3000;
/** So much of that any two episodes have in common. */
const CHANCE = 0.6;
const SUPPOSED = { having: 6, all: 60 } as const;
/** Two episodes with less in common are not related. */
const LEAST = 0.5;

/**
 * From 0 (every episode has it) to 1 (hardly any). Reckoned as if there were some more of either: where there are few
 * episodes, that a word stands in two of them and not in three is chance.
 */
function rarity(having: number, all: number): number {
  const [some, every] = [having + SUPPOSED.having, all + SUPPOSED.all];
  return Math.max(0, Math.log(every / some) / Math.log(every));
}

/** Adds the newest episodes that share a tag, a person or a category. */
async function shareLabel(
  db: Db,
  kind: keyof typeof WEIGHT,
  { label, part = 1 }: { label: string; part?: number },
  { all, now, add }: { all: number; now: number; add: Add },
): Promise<void> {
  const lists = await listsFor(db, { [kind]: slugOf(label) });
  if (lists === undefined) return;
  const rows = await newestFirst(db, lists, now).select('entry.episode_id').limit(LOOKED_AT).execute();
  const score = part * WEIGHT[kind] * rarity(lists.episodes, all);
  for (const row of rows) add(row.episode_id, score);
}

/** Returns the stems that tell most of the episode, with their share of what it is about; together they are in few rows. */
async function tellingStems(
  db: Db,
  stems: readonly WeightedStem[],
  { all, isIndexed }: { all: number; isIndexed: boolean },
): Promise<{ stem: string; share: number }[]> {
  const weighed = [];
  for (const { stem, weight, isWritten } of stems.slice(0, STEMS_WEIGHED)) {
    const having = await episodesWith(db, stem, all);
    const besides = isIndexed && isWritten ? having - 1 : having;
    if (besides < 1 || having >= COMMON) continue;
    weighed.push({ stem, having, value: weight * rarity(having, all) });
  }
  const chosen = [];
  let rows = 0;
  for (const one of weighed.sort((a, b) => b.value - a.value)) {
    if (chosen.length === STEMS_ASKED) break;
    if (rows + one.having > ROWS_READ) continue;
    rows += one.having;
    chosen.push(one);
  }
  const sum = chosen.reduce((sum, { value }) => sum + value, 0);
  return chosen.map(({ stem, value }) => ({ stem, share: value / sum }));
}

/** Adds the episodes that have words in common which few others have. */
async function shareWords(
  db: Db,
  stems: readonly { stem: string; share: number }[],
  { without, add: addTo }: { without: readonly number[]; add: Add },
): Promise<void> {
  const scores = new Map<number, number>();
  const add: Add = (id, score) => {
    scores.set(id, (scores.get(id) ?? 0) + score);
  };
  for (const { stem, share } of stems) {
    const choice = { without, limit: ROWS_OF_STEM };
    const score = WORDS_WEIGHT * share;
    for (const id of await newestRows(db, 'full_text', stemExpression(stem, 'anywhere'), choice))
      add(id, score);
    for (const id of await newestRows(db, 'full_text', stemExpression(stem, 'headings'), choice))
      add(id, score * IN_HEADINGS);
  }
  for (const [id, score] of scores) if (score > CHANCE) addTo(id, score - CHANCE);
}

/**
 * Returns episodes that have to do with this one: by the tags, people and categories that both have, and by words of
 * title, tags, summary, article and talk that few others have. What is rarer says more. The closest first, the newer of
 * two equals first.
 */
export async function related(db: Db, episode: Episode, limit: number, now: number): Promise<EpisodeCard[]> {
  const all = (await listsFor(db, {}))?.episodes ?? 0;
  const scores = new Map<number, number>();
  const add: Add = (id, score) => {
    scores.set(id, (scores.get(id) ?? 0) + score);
  };
  const sharing = { all, now, add };
  for (const [index, label] of episode.tags.entries())
    await shareLabel(db, 'tag', { label, part: NEXT_TAG ** index }, sharing);
  for (const { name, role } of peopleOf(episode))
    await shareLabel(db, 'person', { label: name, part: /host/i.test(role ?? '') ? HOST : 1 }, sharing);
  for (const label of episode.categories) await shareLabel(db, 'category', { label }, sharing);

  const own = await ownRow(db, episode);
  const spoken = own === undefined ? [] : await spokenIn(db, own, episode);
  const stems = await tellingStems(db, weightedStems(episode, spoken), {
    all,
    isIndexed: own !== undefined && episode.status === 'published',
  });
  await shareWords(db, stems, { without: await scheduledIds(db, now), add });

  if (own !== undefined) scores.delete(own);
  const best = [...scores]
    .filter(([, score]) => score >= LEAST)
    .sort(([one, score], [other, otherScore]) => otherScore - score || other - one)
    .slice(0, limit);
  return [
    ...(
      await cardsOf(
        db,
        best.map(([id]) => id),
      )
    ).values(),
  ];
}

async function ownRow(db: Db, { show, slug }: Episode): Promise<number | undefined> {
  const key = `${show}/${slug}`;
  const row = await db.selectFrom('episodes').select('id').where('key', '=', key).executeTakeFirst();
  return row?.id;
}
