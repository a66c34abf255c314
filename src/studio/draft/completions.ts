import type { CatalogueQueries } from '../../catalogue/catalogue.ts';
import { PerState } from '../../catalogue/per-state.ts';
import { slugOf } from '../../model/addresses.ts';
import { Refused } from '../../model/problem.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';

const MOST = 8;
/** How many of the latest episodes people are suggested from. */
const LATEST = 400;

type Counted = { name: string; count: number };
const KINDS = ['tags', 'categories', 'people'] as const;

// Kept for each catalogue, since every typed letter requests it.
const known = new WeakMap<CatalogueQueries, Record<(typeof KINDS)[number], PerState<Counted[]>>>();

/** Returns the names in use that begin like `q`, or have a word that does, most used first. */
export async function completions(studio: Studio, call: Call): Promise<Reply> {
  const kind = KINDS.find((one) => one === call.query('kind'));
  if (kind === undefined) throw new Refused('value-wrong', { field: 'kind', reason: KINDS.join(', ') });
  const asked = slugOf(call.query('q') ?? '');
  const all = await namesOf(studio, kind, call.now);
  const matches = all
    .map((each) => ({ ...each, slug: slugOf(each.name) }))
    .filter(({ slug }) => slug.startsWith(asked) || slug.includes(`-${asked}`))
    .sort((one, other) => Number(other.slug.startsWith(asked)) - Number(one.slug.startsWith(asked)));
  return {
    kind: 'json',
    value: { items: matches.slice(0, MOST).map(({ name, count }) => ({ name, count })) },
  };
}

function namesOf({ catalogue }: Studio, kind: (typeof KINDS)[number], now: number): Promise<Counted[]> {
  let answers = known.get(catalogue);
  if (answers === undefined) {
    answers = { tags: new PerState(), categories: new PerState(), people: new PerState() };
    known.set(catalogue, answers);
  }
  const ask = {
    tags: () => catalogue.tags(now),
    categories: () => catalogue.categories(now),
    people: () => people(catalogue, now),
  };
  return answers[kind].get(catalogue.state(now), async () =>
    [...(await ask[kind]())].sort((one, other) => other.count - one.count),
  );
}

/** Returns the people who were heard lately or host a show. */
async function people(catalogue: CatalogueQueries, now: number): Promise<Counted[]> {
  const [{ items }, shows] = await Promise.all([
    catalogue.cards({}, { limit: LATEST }, now),
    catalogue.shows(now),
  ]);
  const counts = new Map<string, number>();
  for (const { name } of [...items, ...shows.map(({ hosts }) => ({ people: hosts }))].flatMap(
    (one) => one.people,
  ))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
