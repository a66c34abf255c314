import type { Actor } from '../model/permissions.ts';
import { addJournalEntry } from '../records/journal.ts';
import type { Db } from '../records/records.ts';
import type { Account } from './accounts.ts';

/** The journal's actions about accounts. */
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

/** Enters in the journal who did what to which account, in the same transaction. */
export async function addAccountEntry(
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
  const named = { name: account.name, ...details };
  await addJournalEntry(db, at, actor, { action, subject: account.id, details: named });
}
