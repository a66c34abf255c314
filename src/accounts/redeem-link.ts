import { randomUUID } from 'node:crypto';
import { Refused } from '../model/problem.ts';
import type { Db } from '../records/records.ts';
import { type AccountsContext, accountById } from './account-rows.ts';
import { actorOfAccount, validEmail, validName } from './account-values.ts';
import type { Account, Accounts } from './accounts.ts';
import { addAccountEntry } from './journal.ts';
import { endLinks, linkPurpose, takeLink } from './one-time-links.ts';
import { checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { endSessions } from './sessions.ts';

type Choice = Parameters<Accounts['redeem']>[1];

/**
 * Returns the function that redeems a one-time link. The new password is checked and hashed first, so that a
 * refused one does not cost the link; then the token is used and the password set in one transaction.
 */
export function linkRedeemer(
  context: AccountsContext & { passwords: Passwords; stationName?: string },
): Accounts['redeem'] {
  const { records, now, passwords, stationName } = context;
  return async (token, choice) => {
    const purpose = await linkPurpose(records.db, token, now());
    if (purpose === undefined) throw new Refused('link-used');
    const email = purpose.account?.email ?? validEmail(choice.email ?? '');
    const name = validName(choice.name ?? purpose.account?.name ?? '', email);
    checkPassword(choice.password, { email, name, stationName });
    const password = await passwords.hash(choice.password);
    return records.write(async (db) => {
      const at = now();
      const taken = await takeLink(db, token, at);
      if (taken === undefined) throw new Refused('link-used');
      if (taken.account === undefined) return makeFirst(db, { email, name, password, at, choice });
      return choosePassword(db, taken.account, { name, password, at, choice });
    });
  };
}

type Chosen = { name: string; password: string; at: number; choice: Choice };

async function makeFirst(db: Db, chosen: Chosen & { email: string }): Promise<Account> {
  const { email, name, password, at, choice } = chosen;
  const id = randomUUID();
  await db
    .insertInto('accounts')
    .values({
      id,
      email,
      name,
      role: 'admin',
      may_publish: 0,
      language: choice.language ?? 'it',
      password,
      created_at: at,
      disabled_at: null,
    })
    .execute();
  await endLinks(db, null);
  return noted(db, id, 'account-taken-up', at);
}

async function choosePassword(db: Db, account: Account, chosen: Chosen): Promise<Account> {
  const { name, password, at, choice } = chosen;
  await db
    .updateTable('accounts')
    .set({ name, password, language: choice.language ?? account.language })
    .where('id', '=', account.id)
    .execute();
  await endSessions(db, account.id);
  await endLinks(db, account.id);
  return noted(db, account.id, account.isActive ? 'password-reset' : 'account-taken-up', at);
}

async function noted(
  db: Db,
  id: string,
  action: 'account-taken-up' | 'password-reset',
  at: number,
): Promise<Account> {
  const account = await accountById(db, id);
  await addAccountEntry(db, { at, actor: actorOfAccount(account, 'studio'), action, account });
  return account;
}
