import { accountIdOf, type JournalActor } from '../../records/journal.ts';
import type { Db } from '../../records/records.ts';
import { textHash } from './folder-text.ts';

/** Why a text is kept: where it came from, or that it lost a conflict. */
export type VersionReason = JournalActor['via'] | 'folder' | 'conflict' | 'restore';

export type NewVersion = { guid: string; text: string; at: number; by?: JournalActor; reason: VersionReason };

/**
 * Keeps a text unless it is the newest version already. A text that lost a conflict (`conflict`) is kept
 * once.
 */
export async function keepVersion(db: Db, version: NewVersion): Promise<void> {
  const { guid, text, at, by, reason } = version;
  const hash = textHash(text);
  const isLost = reason === 'conflict';
  const newest = await db
    .selectFrom('versions')
    .select('hash')
    .where('guid', '=', guid)
    .where('reason', isLost ? '=' : '<>', 'conflict')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest?.hash === hash) return;
  await db
    .insertInto('versions')
    .values({
      guid,
      at,
      by_id: by === undefined ? null : accountIdOf(by),
      by_name: by?.name ?? '',
      reason,
      hash,
      text,
    })
    .execute();
}

/** Returns the version of `guid` that has this hash. */
export async function textOfHash(db: Db, guid: string, hash: string): Promise<string | undefined> {
  if (hash === textHash('')) return '';
  const row = await db
    .selectFrom('versions')
    .select('text')
    .where('guid', '=', guid)
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  return row?.text;
}

/** Returns the texts of these versions of `guid`, by their ids. */
export async function versionTexts(
  db: Db,
  guid: string,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('versions')
    .select(['id', 'text'])
    .where('guid', '=', guid)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, text }) => [id, text]));
}
