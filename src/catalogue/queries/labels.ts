import type { Kysely } from 'kysely';
import type { Counted } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { publicCounts } from './lists.ts';

type Db = Kysely<CatalogueTables>;

/** Returns the tags or categories of public episodes, the most used first. */
export async function labels(db: Db, kind: 'tag' | 'category', now: number): Promise<Counted[]> {
  const counts = await publicCounts(db, kind, now);
  return counts
    .map(({ slug, name, episodes }) => ({ slug, name: name ?? slug, count: episodes }))
    .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1));
}

/** Returns the years that have public episodes, newest first. */
export async function years(db: Db, now: number): Promise<{ year: number; count: number }[]> {
  const counts = await publicCounts(db, 'year', now);
  return counts
    .map(({ slug, episodes }) => ({ year: Number(slug), count: episodes }))
    .sort((a, b) => b.year - a.year);
}
