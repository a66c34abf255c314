import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Episode, EpisodeCard } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import type { Cursor, EpisodeFilter, Page } from '../catalogue.ts';
import { formatCursor, parseCursor } from '../cursor.ts';
import type { CatalogueTables } from '../schema.ts';
import { stored } from '../stored.ts';
import type { StoredCard } from '../writing/card.ts';
import { listsFor, newestFirst } from './lists.ts';

type Db = Kysely<CatalogueTables>;

/** Returns the card as lists show it. A show without a `show.md` has its folder's name. */
export function cardFrom(row: { card: string; showTitle: string | null }): EpisodeCard {
  const card = stored<StoredCard>(row.card);
  return { ...card, showTitle: row.showTitle ?? card.show };
}

/** Returns one page of a list, newest first; an invalid cursor gives the first page. */
export async function cards(
  db: Db,
  filter: EpisodeFilter,
  { before, limit }: { before?: Cursor; limit: number },
  now: number,
): Promise<Page<EpisodeCard>> {
  const lists = await listsFor(db, filter);
  if (lists === undefined) return { items: [] };
  const rows = await newestFirst(db, lists, now, parseCursor(before))
    .innerJoin('episodes as episode', 'episode.id', 'entry.episode_id')
    .leftJoin('shows as show', 'show.slug', 'episode.show')
    .select(['entry.published_at', 'entry.key', 'episode.card', 'show.title as showTitle'])
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(cardFrom);
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: formatCursor({ publishedAt: last.published_at, key: last.key }) };
}

/** Returns the cards of these episodes, in the order asked for, without those that are not there. */
export async function cardsOf(db: Db, ids: readonly number[]): Promise<Map<number, EpisodeCard>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('episodes as episode')
    .leftJoin('shows as show', 'show.slug', 'episode.show')
    .select(['episode.id', 'episode.card', 'show.title as showTitle'])
    .where('episode.id', 'in', ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, cardFrom(row)]));
  return new Map(
    ids.flatMap((id) => {
      const card = byId.get(id);
      return card === undefined ? [] : [[id, card]];
    }),
  );
}

/** As many as two feeds carry. */
const known = new LRUCache<string, Readonly<Episode>>({ max: 600 });

/**
 * Returns the whole episodes under their row numbers: the very same objects as long as their documents are the same. Most
 * of a feed stays as it was when it is asked for anew; those documents are not read again, and what was made of those
 * episodes can be found by the object.
 */
export async function episodesOf(db: Db, ids: readonly number[]): Promise<Map<number, Readonly<Episode>>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('episodes').select(['id', 'stamp']).where('id', 'in', ids).execute();
  const found = rows.map(({ id, stamp }) => ({ id, stamp, episode: known.get(stamp) }));
  const unread = found.filter(({ episode }) => episode === undefined).map(({ id }) => id);
  const documents = await documentsOf(db, unread);
  return new Map(
    found.flatMap(({ id, stamp, episode }) => {
      const document = documents.get(id);
      const whole = episode ?? (document === undefined ? undefined : stored<Episode>(document));
      if (whole === undefined) return [];
      known.set(stamp, whole);
      return [[id, whole] as const];
    }),
  );
}

async function documentsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('episode_documents')
    .select(['episode_id', 'document'])
    .where('episode_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.episode_id, row.document]));
}

/** Returns the episode in this folder, public or not. */
export async function episodeByKey(db: Db, key: string): Promise<Episode | undefined> {
  const row = await db
    .selectFrom('episodes')
    .innerJoin('episode_documents', 'episode_documents.episode_id', 'episodes.id')
    .select('episode_documents.document')
    .where('episodes.key', '=', key)
    .executeTakeFirst();
  return row && stored<Episode>(row.document);
}

/** Returns the segment whose file has this plain name, with its episode, public or not. */
export async function segmentFile(
  db: Db,
  key: string,
  file: string,
): Promise<{ episode: Episode; segment: Segment } | undefined> {
  const episode = await episodeByKey(db, key);
  const name = file.normalize('NFC');
  const segment = episode?.segments.find((one) => one.file === name);
  return episode && segment && { episode, segment };
}

/** Returns every episode that is public at `now`, in no order. */
export const publicEpisodes = (db: Db, now: number): Promise<Pick<Episode, 'guid' | 'publishedAt'>[]> =>
  db
    .selectFrom('episodes')
    .select(['guid', 'published_at as publishedAt'])
    .where('status', '=', 'published')
    .where('published_at', '<=', now)
    .execute();
