import type { Db } from '../records/records.ts';
import { knownAccount } from './account-rows.ts';
import type { LinkPurpose } from './accounts.ts';
import { newSecret, secretDigest } from './secrets.ts';

const HOUR_MS = 3_600_000;

/** For how long a link works (ms). */
export const LINK_LASTS_MS = { first: 24 * HOUR_MS, invitation: 7 * 24 * HOUR_MS, reset: 24 * HOUR_MS };

export type LinkKind = keyof typeof LINK_LASTS_MS;

/** Makes a link and returns its token. Earlier links for the account become invalid. */
export async function makeLink(
  db: Db,
  link: { kind: LinkKind; accountId: string | null; at: number },
): Promise<string> {
  const { kind, accountId, at } = link;
  await endLinks(db, accountId);
  await db.deleteFrom('one_time_links').where('expires_at', '<=', at).execute();
  const token = newSecret();
  await db
    .insertInto('one_time_links')
    .values({
      id: secretDigest(token),
      kind,
      account_id: accountId,
      created_at: at,
      expires_at: at + LINK_LASTS_MS[kind],
    })
    .execute();
  return token;
}

/** Ends the links of an account; with `null` those for making the first one. */
export async function endLinks(db: Db, accountId: string | null): Promise<void> {
  const all = db.deleteFrom('one_time_links');
  await (accountId === null
    ? all.where('account_id', 'is', null)
    : all.where('account_id', '=', accountId)
  ).execute();
}

/** Returns what a valid token is for. The token stays valid. */
export async function linkPurpose(db: Db, token: string, at: number): Promise<LinkPurpose | undefined> {
  const link = await db
    .selectFrom('one_time_links')
    .select(['kind', 'account_id'])
    .where('id', '=', secretDigest(token))
    .where('expires_at', '>', at)
    .executeTakeFirst();
  if (link === undefined) return undefined;
  if (link.account_id === null) return (await hasAccounts(db)) ? undefined : { kind: link.kind };
  const known = await knownAccount(db, { id: link.account_id });
  if (known === undefined || known.account.disabledAt !== undefined) return undefined;
  return { kind: link.kind, account: known.account };
}

/**
 * Uses a token and returns what it was for; `undefined` when somebody else was faster. Called within a
 * transaction.
 */
export async function takeLink(db: Db, token: string, at: number): Promise<LinkPurpose | undefined> {
  const purpose = await linkPurpose(db, token, at);
  await db.deleteFrom('one_time_links').where('id', '=', secretDigest(token)).execute();
  return purpose;
}

/** Returns whether there is any account. */
export const hasAccounts = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined;

/** Returns the address at which a one-time link is redeemed. */
export const linkAddress = (publicUrl: string, token: string): string =>
  `${publicUrl}/studio/welcome?token=${token}`;
