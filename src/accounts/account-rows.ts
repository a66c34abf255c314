import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { Refused } from '../model/problem.ts';
import type { Db, Records } from '../records/records.ts';
import type { RecordsTables } from '../records/tables.ts';
import type { Account } from './accounts.ts';

/** An account with the hash of its password, which is used in accounts/ alone. */
export type KnownAccount = { account: Account; password: string | null };

type Row = Selectable<RecordsTables['accounts']> & { shows_json: string; has_passkey: number };

const showNames = z.array(z.string());

/** Returns the account with this id, or this e-mail address (in lower case). */
export async function knownAccount(
  db: Db,
  by: { id: string } | { email: string },
): Promise<KnownAccount | undefined> {
  const query = accountRows(db);
  const row = await ('id' in by
    ? query.where('accounts.id', '=', by.id)
    : query.where('accounts.email', '=', by.email)
  ).executeTakeFirst();
  return row && { account: accountFromRow(row), password: row.password };
}

/** Returns the account with this id. Throws `Refused` (`not-found`). */
export async function accountById(db: Db, id: string): Promise<Account> {
  const known = await knownAccount(db, { id });
  if (known === undefined) throw new Refused('not-found');
  return known.account;
}

/** Returns every account, by name. */
export async function allAccounts(db: Db): Promise<Account[]> {
  const rows = await accountRows(db).orderBy('name').orderBy('email').execute();
  return rows.map(accountFromRow);
}

/** Replaces the shows of a contributor. */
export async function putShows(db: Db, accountId: string, shows: readonly string[]): Promise<void> {
  await db.deleteFrom('account_shows').where('account_id', '=', accountId).execute();
  for (const show of shows)
    await db.insertInto('account_shows').values({ account_id: accountId, show }).execute();
}

const accountRows = (db: Db) =>
  db
    .selectFrom('accounts')
    .selectAll('accounts')
    .select([
      sql<string>`(select json_group_array(show order by show) from account_shows
      where account_id = accounts.id)`.as('shows_json'),
      sql<number>`exists (select 1 from passkeys where account_id = accounts.id)`.as('has_passkey'),
    ]);

const accountFromRow = (row: Row): Account => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  shows: showNames.parse(JSON.parse(row.shows_json)),
  mayPublish: row.may_publish === 1,
  language: row.language,
  isActive: row.password !== null || row.has_passkey === 1,
  disabledAt: row.disabled_at ?? undefined,
  createdAt: row.created_at,
});

/** What every part of accounts/ works with. `now`: milliseconds since 1970. */
export type AccountsContext = { records: Records; now: () => number };
