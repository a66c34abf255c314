import type { PublishingContext } from '../context.ts';

/**
 * A guid is never given twice (RSS 2.0, `<guid>`: "uniquely identifies the item"). Returns whether the
 * episode `key` may have this one: no other episode has it, and none that was withdrawn had it. Folders with
 * the same guid, copied by hand, are handled in `indexing/duplicate-guids.ts`.
 */
export async function isUnusedGuid(
  { records, catalogue }: PublishingContext,
  guid: string,
  key: string,
): Promise<boolean> {
  const spent = await records.db
    .selectFrom('spent_guids')
    .select('guid')
    .where('guid', '=', guid)
    .executeTakeFirst();
  const holder = await catalogue.keyOfGuid(guid);
  return spent === undefined && (holder === undefined || holder === key);
}
