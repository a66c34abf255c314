import { Refused } from '../model/problem.ts';
import { type AccountsContext, knownAccount } from './account-rows.ts';
import { actorOfAccount } from './account-values.ts';
import type { Account, Accounts } from './accounts.ts';
import { addAccountEntry } from './journal.ts';
import { accountSubject, addressSubject, emailSubject, type Throttle } from './login-throttle.ts';
import { endLinks } from './one-time-links.ts';
import { checkPassword } from './password-rules.ts';
import { isOutdated, type Passwords } from './passwords.ts';
import { endSessions } from './sessions.ts';

/** Returns the operations on one's own password. */
export function loginOperations(
  context: AccountsContext & { passwords: Passwords; throttle: Throttle; stationName?: string },
): Pick<Accounts, 'logIn' | 'confirmPassword' | 'changePassword'> {
  const { records, now, passwords, throttle, stationName } = context;

  /** An unknown e-mail address costs the same work and statements as a known one. */
  const logIn: Accounts['logIn'] = async (text, password, visitor) => {
    const email = text.trim().toLowerCase();
    passwords.checkRoom();
    const tried = [emailSubject(email), addressSubject(visitor.address)];
    await throttle.admit(tried);
    const known = await knownAccount(records.db, { email });
    const mayCome = known?.account.disabledAt === undefined;
    const isRight = await passwords.isRight(password, mayCome ? known?.password : null);
    if (known === undefined || known.password === null || !isRight) throw new Refused('login-wrong');
    await throttle.forgive(tried);
    if (isOutdated(known.password)) await renew(known.account.id, known.password, password);
    return known.account;
  };

  /** Only now the password is known, so it is hashed again with today's parameters. */
  const renew = async (id: string, hash: string, password: string) => {
    const renewed = await passwords.hash(password);
    await records.db
      .updateTable('accounts')
      .set({ password: renewed })
      .where('id', '=', id)
      .where('password', '=', hash)
      .execute();
  };

  /** Returns the hash of the present password. */
  const confirmed = async ({ id }: Account, present: string): Promise<string> => {
    const tried = [accountSubject(id)];
    await throttle.admit(tried);
    const known = await knownAccount(records.db, { id });
    const isRight = await passwords.isRight(present, known?.password);
    if (known?.password == null || !isRight) throw new Refused('password-wrong');
    await throttle.forgive(tried);
    return known.password;
  };

  const confirmPassword: Accounts['confirmPassword'] = async (account, present) => {
    await confirmed(account, present);
  };

  const changePassword: Accounts['changePassword'] = async (account, present, next, keepSession) => {
    checkPassword(next, { ...account, stationName });
    const was = await confirmed(account, present);
    const password = await passwords.hash(next);
    await records.write(async (db) => {
      const set = await db
        .updateTable('accounts')
        .set({ password })
        .where('id', '=', account.id)
        .where('password', '=', was)
        .returning('id')
        .executeTakeFirst();
      // A reset came in between: whoever has that link decides.
      if (set === undefined) throw new Refused('password-wrong');
      await endSessions(db, account.id, keepSession);
      await endLinks(db, account.id);
      const actor = actorOfAccount(account, 'studio');
      await addAccountEntry(db, { at: now(), actor, action: 'password-changed', account });
    });
  };

  return { logIn, confirmPassword, changePassword };
}
