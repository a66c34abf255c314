import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import { showPath } from '../../model/addresses.ts';
import type { Fault } from '../../model/fault.ts';
import type { Show } from '../../model/show.ts';
import type { Station } from '../../model/station.ts';
import type { CatalogueWriter, IndexedEpisode, PictureOrigin } from '../catalogue.ts';
import { comparablePath, publicAddresses, type RememberedAddress } from '../public-path.ts';
import type { CatalogueTables } from '../schema.ts';
import { forgetDeletedText } from '../sqlite/full-text.ts';
import { stored } from '../stored.ts';
import { EpisodeRows } from './episode-rows.ts';
import { ListKeeper } from './lists.ts';
import { RedirectRows } from './redirect-rows.ts';
import { VocabularyKeeper } from './vocabulary.ts';

const STATION_ROW = 1;

/** Writes within one transaction, which whoever made it begins and ends; `flush` comes before the end. */
export class TransactionWriter implements CatalogueWriter {
  readonly #db: Kysely<CatalogueTables>;
  readonly #lists: ListKeeper;
  readonly #vocabulary: VocabularyKeeper;
  readonly #redirects: RedirectRows;
  readonly #episodes: EpisodeRows;
  #addresses: RememberedAddress[] = [];
  #changed = false;
  #withdrew = false;

  constructor(db: Kysely<CatalogueTables>) {
    this.#db = db;
    this.#lists = new ListKeeper(db);
    this.#vocabulary = new VocabularyKeeper(db);
    this.#redirects = new RedirectRows(db);
    this.#episodes = new EpisodeRows(db, {
      lists: this.#lists,
      vocabulary: this.#vocabulary,
      redirects: this.#redirects,
    });
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
    if (before !== undefined) await this.#redirects.remove(slug, stored<Show>(before.document).redirectFrom);
    await this.#db
      .insertInto('shows')
      .values({ slug, guid, title, document })
      .onConflict((conflict) => conflict.column('slug').doUpdateSet({ guid, title, document }))
      .execute();
    await this.#redirects.put(slug, show.redirectFrom);
    this.#changed = true;
  }

  async putEpisode(entry: IndexedEpisode): Promise<void> {
    const { episode } = entry;
    if (episode.status === 'published') this.#addresses.push(...publicAddresses(episode));
    if (!(await this.#episodes.put(entry))) return;
    this.#changed = true;
    if (episode.status === 'withdrawn') this.#withdrew = true;
  }

  async removeContent(key: string): Promise<void> {
    if (key === '') {
      const { numDeletedRows } = await this.#db.deleteFrom('stations').executeTakeFirst();
      this.#changed ||= numDeletedRows > 0n;
    } else if (key.includes('/')) {
      this.#changed = (await this.#episodes.remove(key)) || this.#changed;
    } else {
      const before = await this.#db
        .deleteFrom('shows')
        .where('slug', '=', key)
        .returning('document')
        .executeTakeFirst();
      if (before === undefined) return;
      await this.#redirects.remove(key, stored<Show>(before.document).redirectFrom);
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
}
