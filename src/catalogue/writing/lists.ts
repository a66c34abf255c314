import type { Kysely } from 'kysely';
import { slugOf } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { peopleOf } from '../people.ts';
import type { CatalogueTables, ListKind } from '../schema.ts';
import { RowInserter } from './row-inserter.ts';

/** On the station's clock; `month` from 1. */
export type Month = { year: number; month: number };

type ListName = { kind: ListKind; slug: string; name: string | null };
type Tally = { kind: ListKind; slug: string; episodes: number; segments: number };

/** Kinds whose names people type the beginnings of. */
const SUGGESTED: readonly ListKind[] = ['tag', 'person'];

/** Returns how a month is called among the lists: `2025-01`. */
export const monthSlug = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}`;

function labelled(kind: 'tag' | 'category' | 'person', labels: readonly string[]): ListName[] {
  const bySlug = new Map(labels.map((name) => [slugOf(name), name] as const));
  bySlug.delete('');
  return [...bySlug].map(([slug, name]) => ({ kind, slug, name }));
}

type Listed = Pick<Episode, 'show' | 'tags' | 'categories' | 'people' | 'segments'>;

/** Returns the lists in which an episode stands once it is published. */
export function listsOf(episode: Listed, when: Month): ListName[] {
  return [
    { kind: 'all', slug: '', name: null },
    { kind: 'show', slug: episode.show, name: null },
    { kind: 'year', slug: String(when.year), name: null },
    { kind: 'month', slug: monthSlug(when), name: null },
    ...labelled('tag', episode.tags),
    ...labelled('category', episode.categories),
    ...labelled(
      'person',
      peopleOf(episode).map(({ name }) => name),
    ),
  ];
}

/**
 * Keeps the lists while one transaction runs. How much each list grew is added up in memory and written once, by
 * `flush`, before the commit.
 */
export class ListKeeper {
  readonly #db: Kysely<CatalogueTables>;
  readonly #entries: RowInserter<'list_entries'>;
  readonly #words: RowInserter<'list_words'>;
  readonly #ids = new Map<string, number>();
  readonly #tallies = new Map<string, Tally>();

  constructor(db: Kysely<CatalogueTables>) {
    this.#db = db;
    this.#entries = new RowInserter(
      db,
      'list_entries',
      ['list_id', 'published_at', 'key', 'episode_id', 'segments', 'name'],
      ['list_id', 'published_at', 'key'],
    );
    this.#words = new RowInserter(db, 'list_words', ['word', 'list_id'], ['word', 'list_id']);
  }

  async add(id: number, key: string, episode: Episode, when: Month): Promise<void> {
    for (const list of listsOf(episode, when)) {
      await this.#entries.insert(
        await this.#idOf(list),
        episode.publishedAt,
        key,
        id,
        episode.segments.length,
        list.name,
      );
      this.#count(list, 1, episode.segments.length);
    }
  }

  async remove(key: string, episode: Episode, when: Month): Promise<void> {
    for (const list of listsOf(episode, when)) {
      await this.#db
        .deleteFrom('list_entries')
        .where('list_id', '=', await this.#idOf(list))
        .where('published_at', '=', episode.publishedAt)
        .where('key', '=', key)
        .execute();
      this.#count(list, -1, -episode.segments.length);
    }
  }

  async flush(): Promise<void> {
    for (const { kind, slug, episodes, segments } of this.#tallies.values()) {
      await this.#db
        .updateTable('lists')
        .set((list) => ({
          episodes: list('episodes', '+', episodes),
          segments: list('segments', '+', segments),
          name: list
            .selectFrom('list_entries')
            .whereRef('list_entries.list_id', '=', 'lists.id')
            .orderBy('list_entries.published_at', 'desc')
            .orderBy('list_entries.key', 'desc')
            .limit(1)
            .select('list_entries.name'),
        }))
        .where('kind', '=', kind)
        .where('slug', '=', slug)
        .execute();
    }
    this.#tallies.clear();
  }

  /** Removes empty lists: their names may be those of somebody who asked to be removed. */
  async forgetEmpty(): Promise<void> {
    const empty = this.#db.selectFrom('lists').select('id').where('episodes', '=', 0);
    await this.#db.deleteFrom('list_words').where('list_id', 'in', empty).execute();
    await this.#db.deleteFrom('lists').where('episodes', '=', 0).execute();
    this.#ids.clear();
  }

  #count({ kind, slug }: ListName, episodes: number, segments: number): void {
    const name = `${kind} ${slug}`;
    const tally = this.#tallies.get(name) ?? { kind, slug, episodes: 0, segments: 0 };
    tally.episodes += episodes;
    tally.segments += segments;
    this.#tallies.set(name, tally);
  }

  async #idOf({ kind, slug }: ListName): Promise<number> {
    const name = `${kind} ${slug}`;
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    await this.#db
      .insertInto('lists')
      .values({ kind, slug, episodes: 0, segments: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { id } = await this.#db
      .selectFrom('lists')
      .select('id')
      .where('kind', '=', kind)
      .where('slug', '=', slug)
      .executeTakeFirstOrThrow();
    if (SUGGESTED.includes(kind)) {
      for (const word of new Set(slug.split('-'))) await this.#words.insert(word, id);
    }
    this.#ids.set(name, id);
    return id;
  }
}
