import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Episode } from '../../model/episode.ts';
import type { IndexedEpisode } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { searchable } from '../search/document.ts';
import { deleteFullText, insertFullText, insertSaidText, insertTitleText } from '../sqlite/full-text.ts';
import { stored } from '../stored.ts';
import { cardOf } from './card.ts';
import type { ListKeeper, Month } from './lists.ts';
import type { RedirectRows } from './redirect-rows.ts';
import { RowInserter } from './row-inserter.ts';
import { rowNumbers } from './row-numbers.ts';
import type { VocabularyKeeper } from './vocabulary.ts';

type Known = { id: number; episode: Episode; text: string; when: Month };

/** What else an episode is written into. */
type Beside = { lists: ListKeeper; vocabulary: VocabularyKeeper; redirects: RedirectRows };

/** Writes an episode into all the tables that hold something of it, within one transaction. */
export class EpisodeRows {
  readonly #db: Kysely<CatalogueTables>;
  readonly #beside: Beside;
  readonly #episodes: RowInserter<'episodes'>;
  readonly #documents: RowInserter<'episode_documents'>;
  readonly #transcripts: RowInserter<'transcripts'>;
  readonly #guids: RowInserter<'guids'>;

  constructor(db: Kysely<CatalogueTables>, beside: Beside) {
    this.#db = db;
    this.#beside = beside;
    this.#episodes = new RowInserter(
      db,
      'episodes',
      ['id', 'key', 'show', 'guid', 'status', 'published_at', 'year', 'month', 'stamp', 'card'],
      ['id'],
    );
    this.#documents = new RowInserter(db, 'episode_documents', ['episode_id', 'document'], ['episode_id']);
    this.#transcripts = new RowInserter(
      db,
      'transcripts',
      ['episode_id', 'position', 'cues'],
      ['episode_id', 'position'],
    );
    this.#guids = new RowInserter(db, 'guids', ['guid', 'key', 'position'], ['guid', 'key', 'position']);
  }

  /** Returns whether anything differs from what was there. */
  async put({ episode, year, month, cues = new Map() }: IndexedEpisode): Promise<boolean> {
    const key = `${episode.show}/${episode.slug}`;
    const text = JSON.stringify(episode);
    const before = await this.#known(key);
    if (before?.text === text && before.when.year === year && before.when.month === month) return false;
    if (before !== undefined) await this.#takeOut(key, before);
    const id = await this.#insertRow(key, episode, { year, month }, stampOf(text));
    await this.#documents.insert(id, text);
    for (const [position, said] of cues) await this.#transcripts.insert(id, position, JSON.stringify(said));
    await this.#putGuids(key, episode);
    await this.#beside.redirects.put(key, episode.redirectFrom);
    if (episode.status === 'withdrawn') await this.#forgetFilesIn(key);
    await this.#putWords(id, episode, { year, cues });
    if (episode.status === 'published') await this.#beside.lists.add(id, key, episode, { year, month });
    return true;
  }

  /** Returns whether there was anything. */
  async remove(key: string): Promise<boolean> {
    const before = await this.#known(key);
    if (before === undefined) return false;
    await this.#takeOut(key, before);
    return true;
  }

  async #known(key: string): Promise<Known | undefined> {
    const row = await this.#db
      .selectFrom('episodes')
      .innerJoin('episode_documents', 'episode_documents.episode_id', 'episodes.id')
      .select(['episodes.id', 'episodes.year', 'episodes.month', 'episode_documents.document'])
      .where('episodes.key', '=', key)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { id, year, month, document } = row;
    return { id, when: { year, month }, text: document, episode: stored<Episode>(document) };
  }

  async #insertRow(key: string, episode: Episode, when: Month, stamp: string): Promise<number> {
    const { show, guid, status, publishedAt } = episode;
    const card = JSON.stringify(cardOf(episode));
    const numbers = rowNumbers(publishedAt, key);
    for (;;) {
      const id = numbers.next().value;
      const row = [id, key, show, guid, status, publishedAt, when.year, when.month, stamp, card] as const;
      if (await this.#episodes.insert(...row)) return id;
    }
  }

  async #putWords(
    id: number,
    episode: Episode,
    indexed: { year: number; cues: NonNullable<IndexedEpisode['cues']> },
  ): Promise<void> {
    // Staff search by the text; what is said in a hidden episode is not indexed.
    if (episode.status !== 'published') {
      const { text } = searchable(episode, { ...indexed, cues: new Map() });
      await insertFullText(this.#db, 'hidden_text', id, text);
      return;
    }
    const { text, said, title, words } = searchable(episode, indexed);
    await insertFullText(this.#db, 'full_text', id, text);
    if (said !== undefined) await insertSaidText(this.#db, id, said);
    await insertTitleText(this.#db, id, title);
    this.#beside.vocabulary.add(words);
  }

  async #takeOut(key: string, { id, episode, when }: Known): Promise<void> {
    await this.#db.deleteFrom('episodes').where('id', '=', id).execute();
    await this.#db.deleteFrom('episode_documents').where('episode_id', '=', id).execute();
    await this.#db.deleteFrom('transcripts').where('episode_id', '=', id).execute();
    const guids = [episode.guid, ...episode.segments.map((segment) => segment.guid)];
    await this.#db.deleteFrom('guids').where('guid', 'in', guids).where('key', '=', key).execute();
    await this.#beside.redirects.remove(key, episode.redirectFrom);
    const isPublished = episode.status === 'published';
    const tables = isPublished
      ? (['full_text', 'said_text', 'title_text'] as const)
      : (['hidden_text'] as const);
    await deleteFullText(this.#db, tables, id);
    if (isPublished) await this.#beside.lists.remove(key, episode, when);
  }

  /** Removes the facts about its files: they hold the names and tags of the withdrawn episode. */
  async #forgetFilesIn(key: string): Promise<void> {
    const inFolder = `${key}/`;
    await this.#db
      .deleteFrom('probes')
      .where(sql`substr(file_key, 1, ${inFolder.length})`, '=', inFolder)
      .execute();
    await this.#db
      .deleteFrom('pictures')
      .where(sql`substr(origin ->> 'fileKey', 1, ${inFolder.length})`, '=', inFolder)
      .execute();
  }

  async #putGuids(key: string, episode: Episode): Promise<void> {
    await this.#guids.insert(episode.guid, key, -1);
    for (const [position, segment] of episode.segments.entries()) {
      await this.#guids.insert(segment.guid, key, position);
    }
  }
}

const stampOf = (document: string): string =>
  createHash('sha256').update(document).digest('base64url').slice(0, 16);
