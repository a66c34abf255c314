import { type Kysely, sql } from 'kysely';
import type { Fault } from '../../model/fault.ts';
import type { PictureOrigin } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import { stored } from '../stored.ts';

type Db = Kysely<CatalogueTables>;

/** Returns the keys one level below a bundle, each with its signature; for the station also its own. */
export async function signaturesBelow(db: Db, key: string): Promise<Map<string, string>> {
  const folders = db.selectFrom('folders').select(['key', 'signature']);
  const rows =
    key === ''
      ? await folders.where('key', 'not like', '%/%').execute()
      : await folders.where('key', '>', `${key}/`).where('key', '<', `${key}0`).execute();
  return new Map(rows.map((row) => [row.key, row.signature]));
}

const KEYS_AT_ONCE = 500;

/** Returns the same for these bundles only. */
export async function signaturesOf(db: Db, keys: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
    const rows = await db
      .selectFrom('folders')
      .select(['key', 'signature'])
      .where('key', 'in', keys.slice(from, from + KEYS_AT_ONCE))
      .execute();
    for (const row of rows) found.set(row.key, row.signature);
  }
  return found;
}

/** Returns what is known of the file's bytes, `undefined` when they have another version by now. */
export async function probe(db: Db, fileKey: string, version: string): Promise<unknown> {
  const row = await db
    .selectFrom('probes')
    .select('probe')
    .where('file_key', '=', fileKey)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && stored<unknown>(row.probe);
}

/** Returns the key of the episode that has this guid, or has a segment that has it. */
export async function keyOfGuid(db: Db, guid: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('guids')
    .select('key')
    .where('guid', '=', guid)
    .orderBy('key')
    .executeTakeFirst();
  return row?.key;
}

/** Returns the keys of the episodes in a show's folder, whether they could be read or not. */
export async function keysBelow(db: Db, showKey: string): Promise<string[]> {
  // `0` follows `/` in ASCII: the range holds what begins with the show's key and a slash.
  const range = [`${showKey}/`, `${showKey}0`] as const;
  const rows = await db
    .selectFrom('folders')
    .select('key')
    .where('key', '>=', range[0])
    .where('key', '<', range[1])
    .union(db.selectFrom('episodes').select('key').where('key', '>=', range[0]).where('key', '<', range[1]))
    .orderBy('key')
    .execute();
  return rows.map((row) => row.key);
}

/** Returns all faults, folder by folder; those of one where its key is given. */
export async function faults(db: Db, key?: string): Promise<Fault[]> {
  const all = db.selectFrom('folders').select('faults').where('faults', '<>', sql.lit('[]'));
  const rows = await (key === undefined ? all.orderBy('key') : all.where('key', '=', key)).execute();
  return rows.flatMap((row) => stored<Fault[]>(row.faults));
}

/** Returns how a picture came about. */
export async function picture(db: Db, id: string): Promise<{ origin: PictureOrigin } | undefined> {
  const row = await db.selectFrom('pictures').select('origin').where('id', '=', id).executeTakeFirst();
  return row && { origin: stored<PictureOrigin>(row.origin) };
}
