import type { Kysely } from 'kysely';
import type { Counted } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { countIn, listsFor, publicCounts } from './lists.ts';

type Db = Kysely<CatalogueTables>;

/** Returns the tags, categories or people of public episodes, the most used first. */
export async function labels(db: Db, kind: 'tag' | 'category' | 'person', now: number): Promise<Counted[]> {
  const counts = await publicCounts(db, kind, now);
  return counts
    .map(({ slug, name, episodes }) => ({ slug, name: name ?? slug, count: episodes }))
    .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1));
}

/** Returns somebody heard in public episodes; `undefined` for anybody else. */
export async function person(db: Db, slug: string, now: number): Promise<Counted | undefined> {
  const { episodes: count } = await countIn(db, await listsFor(db, { person: slug }), now);
  if (count === 0) return undefined;
  const row = await db
    .selectFrom('lists')
    .select('name')
    .where('kind', '=', 'person')
    .where('slug', '=', slug)
    .executeTakeFirst();
  return { slug, name: row?.name ?? slug, count };
}

/** Returns the years that have public episodes, newest first. */
export async function years(db: Db, now: number): Promise<{ year: number; count: number }[]> {
  const counts = await publicCounts(db, 'year', now);
  return counts
    .map(({ slug, episodes }) => ({ year: Number(slug), count: episodes }))
    .sort((a, b) => b.year - a.year);
}

/** Returns the months that have public episodes, newest first; `month` from 1. */
export async function months(db: Db, now: number): Promise<{ year: number; month: number; count: number }[]> {
  const counts = await publicCounts(db, 'month', now);
  return counts
    .map(({ slug, episodes }) => {
      const [year, month] = slug.split('-');
      return { year: Number(year), month: Number(month), count: episodes };
    })
    .sort((a, b) => b.year - a.year || b.month - a.month);
}
