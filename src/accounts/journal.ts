import type { Actor } from '../model/staff.ts';
import type { Db } from './account-rows.ts';
import type { Account } from './accounts.ts';

/** What the journal calls the things that happen to accounts. */
export type AccountAction =
  | 'account-invited'
  | 'account-changed'
  | 'account-disabled'
  | 'account-enabled'
  | 'account-link-made'
  | 'account-taken-up'
  | 'password-reset'
  | 'password-changed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'token-created'
  | 'token-revoked';

/** Writes down who did what to which account, in the transaction that does it. */
export async function note(
  db: Db,
  entry: {
    at: number;
    actor: Actor;
    action: AccountAction;
    account: Account;
    details?: Record<string, string>;
  },
): Promise<void> {
  const { at, actor, action, account, details } = entry;
  await db
    .insertInto('journal')
    .values({
      at,
      by_id: actor.via === 'command' || actor.via === 'system' ? null : actor.id,
      by_name: actor.name,
      via: actor.via,
      action,
      subject: account.id,
      details_json: JSON.stringify({ name: account.name, ...details }),
    })
    .execute();
}
