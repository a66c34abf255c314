import type { Kysely } from 'kysely';
import type { Show } from '../../model/show.ts';
import type { Station } from '../../model/station.ts';
import type { ShowSummary } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { stored } from '../stored.ts';
import { publicCounts } from './lists.ts';

type Db = Kysely<CatalogueTables>;

/** Returns the station, `undefined` while none has been read, or while all folders are being read again. */
export async function station(db: Db): Promise<Station | undefined> {
  const filling = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', 'filling')
    .executeTakeFirst();
  if (filling !== undefined) return undefined;
  const row = await db.selectFrom('stations').select('document').executeTakeFirst();
  return row && stored<Station>(row.document);
}

/** Returns the show, whether or not it has public episodes. */
export async function show(db: Db, slug: string): Promise<Show | undefined> {
  const row = await db.selectFrom('shows').select('document').where('slug', '=', slug).executeTakeFirst();
  return row && stored<Show>(row.document);
}

/** Returns all shows by title, each with how many public episodes it has and when the latest appeared. */
export async function shows(db: Db, now: number): Promise<ShowSummary[]> {
  const counts = await publicCounts(db, 'show', now);
  const bySlug = new Map(counts.map((list) => [list.slug, list]));
  const rows = await db.selectFrom('shows').select(['slug', 'document']).execute();
  const found: ShowSummary[] = [];
  for (const { slug, document } of rows) {
    const show = stored<Show>(document);
    const list = bySlug.get(slug);
    const latestAt = list && (await latestIn(db, list.id, now));
    const summary = { ...show, episodeCount: list?.episodes ?? 0 };
    found.push(latestAt === undefined ? summary : { ...summary, latestAt });
  }
  const byTitle = new Intl.Collator('it');
  return found.sort((a, b) => byTitle.compare(a.title, b.title) || (a.slug < b.slug ? -1 : 1));
}

async function latestIn(db: Db, list: number, now: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('list_entries')
    .select('published_at')
    .where('list_id', '=', list)
    .where('published_at', '<=', now)
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.published_at;
}
