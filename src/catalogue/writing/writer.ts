import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import { showPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Fault } from '../../model/fault.ts';
import type { Show } from '../../model/show.ts';
import type { Station } from '../../model/station.ts';
import type { CatalogueWriter, IndexedEpisode, PictureOrigin } from '../catalogue.ts';
import { comparablePath, publicAddresses, type RememberedAddress } from '../public-path.ts';
import type { CatalogueTables } from '../schema.ts';
import { searchable } from '../search/document.ts';
import {
  deleteFullText,
  forgetDeletedText,
  insertFullText,
  insertSaidText,
  insertTitleText,
} from '../sqlite/full-text.ts';
import { stored } from '../stored.ts';
import { cardOf } from './card.ts';
import { ListKeeper, type Month } from './lists.ts';
import { RowInserter } from './row-inserter.ts';
import { rowNumbers } from './row-numbers.ts';
import { VocabularyKeeper } from './vocabulary.ts';

const STATION_ROW = 1;

type Known = { id: number; episode: Episode; text: string; when: Month };

/** Writes within one transaction, which whoever made it begins and ends; `flush` comes before the end. */
export class TransactionWriter implements CatalogueWriter {
  readonly #db: Kysely<CatalogueTables>;
  readonly #lists: ListKeeper;
  readonly #vocabulary: VocabularyKeeper;
  readonly #episodes: RowInserter<'episodes'>;
  readonly #documents: RowInserter<'episode_documents'>;
  readonly #transcripts: RowInserter<'transcripts'>;
  readonly #guids: RowInserter<'guids'>;
  readonly #redirects: RowInserter<'redirects'>;
  #addresses: RememberedAddress[] = [];
  #changed = false;
  #withdrew = false;

  constructor(db: Kysely<CatalogueTables>) {
    this.#db = db;
    this.#lists = new ListKeeper(db);
    this.#vocabulary = new VocabularyKeeper(db);
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
    this.#redirects = new RowInserter(db, 'redirects', ['path', 'key'], ['path', 'key']);
  }

  async putStation(station: Station): Promise<void> {
    const document = JSON.stringify(station);
    const row = await this.#db.selectFrom('stations').select('document').executeTakeFirst();
    if (row?.document === document) return;
    await this.#db
      .insertInto('stations')
      .values({ id: STATION_ROW, document })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ document }))
      .execute();
    this.#changed = true;
  }

  async putShow(show: Show): Promise<void> {
    const { slug, guid, title } = show;
    const document = JSON.stringify(show);
    this.#addresses.push({ path: comparablePath(showPath(slug)), guid });
    const before = await this.#db
      .selectFrom('shows')
      .select('document')
      .where('slug', '=', slug)
      .executeTakeFirst();
    if (before?.document === document) return;
    if (before !== undefined) await this.#forgetRedirects(slug, stored<Show>(before.document).redirectFrom);
    await this.#db
      .insertInto('shows')
      .values({ slug, guid, title, document })
      .onConflict((conflict) => conflict.column('slug').doUpdateSet({ guid, title, document }))
      .execute();
    await this.#putRedirects(slug, show.redirectFrom);
    this.#changed = true;
  }

  async putEpisode({ episode, year, month, cues = new Map() }: IndexedEpisode): Promise<void> {
    const key = `${episode.show}/${episode.slug}`;
    const text = JSON.stringify(episode);
    if (episode.status === 'published') this.#addresses.push(...publicAddresses(episode));
    const before = await this.#known(key);
    if (before?.text === text && before.when.year === year && before.when.month === month) return;
    if (before !== undefined) await this.#takeOut(key, before);
    const id = await this.#insertRow(key, episode, { year, month }, stampOf(text));
    await this.#documents.insert(id, text);
    for (const [position, said] of cues) await this.#transcripts.insert(id, position, JSON.stringify(said));
    await this.#putGuids(key, episode);
    await this.#putRedirects(key, episode.redirectFrom);
    if (episode.status === 'withdrawn') await this.#forgetFilesOf(key);
    await this.#putWords(id, episode, { year, cues });
    if (episode.status === 'published') await this.#lists.add(id, key, episode, { year, month });
    this.#changed = true;
  }

  async removeContent(key: string): Promise<void> {
    if (key === '') {
      const { numDeletedRows } = await this.#db.deleteFrom('stations').executeTakeFirst();
      this.#changed ||= numDeletedRows > 0n;
    } else if (key.includes('/')) {
      await this.#removeEpisode(key);
    } else {
      const before = await this.#db
        .deleteFrom('shows')
        .where('slug', '=', key)
        .returning('document')
        .executeTakeFirst();
      if (before === undefined) return;
      await this.#forgetRedirects(key, stored<Show>(before.document).redirectFrom);
      this.#changed = true;
    }
  }

  async putFolder(key: string, signature: string, found: Fault[]): Promise<void> {
    const faults = JSON.stringify(found);
    const before = await this.#db
      .selectFrom('folders')
      .select('faults')
      .where('key', '=', key)
      .executeTakeFirst();
    await this.#db
      .insertInto('folders')
      .values({ key, signature, faults })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ signature, faults }))
      .execute();
    this.#changed ||= (before?.faults ?? '[]') !== faults;
  }

  async removeFolder(key: string): Promise<void> {
    await this.removeContent(key);
    const before = await this.#db
      .deleteFrom('folders')
      .where('key', '=', key)
      .returning('faults')
      .executeTakeFirst();
    this.#changed ||= before !== undefined && before.faults !== '[]';
  }

  async putPicture(id: string, origin: PictureOrigin): Promise<void> {
    const before = await this.#db
      .selectFrom('pictures')
      .select('origin')
      .where('id', '=', id)
      .executeTakeFirst();
    if (before !== undefined && isDeepStrictEqual(stored<PictureOrigin>(before.origin), origin)) return;
    const text = JSON.stringify(origin);
    await this.#db
      .insertInto('pictures')
      .values({ id, origin: text })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ origin: text }))
      .execute();
    this.#changed = true;
  }

  async putWhole(): Promise<void> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('meta')
      .where('name', '=', 'filling')
      .executeTakeFirst();
    this.#changed ||= numDeletedRows > 0n;
  }

  async putProbe(fileKey: string, version: string, found: unknown): Promise<void> {
    const probe = JSON.stringify(found ?? null);
    await this.#db
      .insertInto('probes')
      .values({ file_key: fileKey, version, probe })
      .onConflict((conflict) => conflict.column('file_key').doUpdateSet({ version, probe }))
      .execute();
  }

  /**
   * Writes what was gathered meanwhile. Returns whether any answer to the public may now differ, whether
   * something was withdrawn, and the addresses to remember for ever.
   */
  async flush(): Promise<{ changed: boolean; withdrew: boolean; addresses: RememberedAddress[] }> {
    await this.#lists.flush();
    await this.#vocabulary.flush();
    // Its words may be those of somebody who asked for them to be gone.
    const withdrew = this.#withdrew;
    if (withdrew) {
      await this.#lists.forgetEmpty();
      await forgetDeletedText(this.#db);
      await this.#vocabulary.forgetUnused(this.#db);
    }
    this.#withdrew = false;
    const addresses = this.#addresses;
    const changed = this.#changed;
    this.#addresses = [];
    this.#changed = false;
    return { changed, withdrew, addresses };
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
    // Staff find by the text; what is said in what is hidden stays apart, unread.
    if (episode.status !== 'published') {
      const { text } = searchable(episode, { ...indexed, cues: new Map() });
      await insertFullText(this.#db, 'hidden_text', id, text);
      return;
    }
    const { text, said, title, words } = searchable(episode, indexed);
    await insertFullText(this.#db, 'full_text', id, text);
    if (said !== undefined) await insertSaidText(this.#db, id, said);
    await insertTitleText(this.#db, id, title);
    this.#vocabulary.add(words);
  }

  async #removeEpisode(key: string): Promise<void> {
    const before = await this.#known(key);
    if (before === undefined) return;
    await this.#takeOut(key, before);
    this.#changed = true;
  }

  async #takeOut(key: string, { id, episode, when }: Known): Promise<void> {
    await this.#db.deleteFrom('episodes').where('id', '=', id).execute();
    await this.#db.deleteFrom('episode_documents').where('episode_id', '=', id).execute();
    await this.#db.deleteFrom('transcripts').where('episode_id', '=', id).execute();
    const guids = [episode.guid, ...episode.segments.map((segment) => segment.guid)];
    await this.#db.deleteFrom('guids').where('guid', 'in', guids).where('key', '=', key).execute();
    if (episode.redirectFrom.length > 0) await this.#forgetRedirects(key, episode.redirectFrom);
    const isPublished = episode.status === 'published';
    const tables = isPublished
      ? (['full_text', 'said_text', 'title_text'] as const)
      : (['hidden_text'] as const);
    await deleteFullText(this.#db, tables, id);
    if (isPublished) await this.#lists.remove(key, episode, when);
  }

  /** What was learnt of its files: their names and tags are those of what was withdrawn. */
  async #forgetFilesOf(key: string): Promise<void> {
    const inFolder = `${key}/`;
    await this.#db
      .deleteFrom('probes')
      .where(sql`substr(file_key, 1, ${inFolder.length})`, '=', inFolder)
      .execute();
    await this.#db
      .deleteFrom('pictures')
      .where(sql`substr(origin ->> 'fileKey', 1, ${inFolder.length})`, '=', inFolder)
      .execute();
    this.#withdrew = true;
  }

  async #putGuids(key: string, episode: Episode): Promise<void> {
    await this.#guids.insert(episode.guid, key, -1);
    for (const [position, segment] of episode.segments.entries()) {
      await this.#guids.insert(segment.guid, key, position);
    }
  }

  async #putRedirects(key: string, redirectFrom: readonly string[]): Promise<void> {
    for (const address of redirectFrom) await this.#redirects.insert(comparablePath(address), key);
  }

  async #forgetRedirects(key: string, redirectFrom: readonly string[]): Promise<void> {
    if (redirectFrom.length === 0) return;
    await this.#db
      .deleteFrom('redirects')
      .where('path', 'in', redirectFrom.map(comparablePath))
      .where('key', '=', key)
      .execute();
  }
}

const stampOf = (document: string): string =>
  createHash('sha256').update(document).digest('base64url').slice(0, 16);
