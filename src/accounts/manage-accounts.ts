import { randomUUID } from 'node:crypto';
import { type Actor, mayManage } from '../model/permissions.ts';
import { Refused } from '../model/problem.ts';
import type { Db } from '../records/records.ts';
import { type AccountsContext, accountById, knownAccount, putShows } from './account-rows.ts';
import { validAccount } from './account-values.ts';
import type { Account, Accounts, NewAccount } from './accounts.ts';
import { addAccountEntry } from './journal.ts';
import { endLinks, hasAccounts, makeLink } from './one-time-links.ts';
import { endSessions } from './sessions.ts';

type Managing = Pick<Accounts, 'firstLink' | 'invite' | 'change' | 'disable' | 'enable' | 'resetLink'>;

/** Returns what admins do with accounts. */
export function accountOperations({ records, now }: AccountsContext): Managing {
  return {
    firstLink: () =>
      records.write(async (db) => {
        if (await hasAccounts(db)) throw new Refused('link-used');
        return makeLink(db, { kind: 'first', accountId: null, at: now() });
      }),

    async invite(actor, asked) {
      checkManages(actor);
      const wanted = validAccount(asked);
      return records.write(async (db) => {
        await checkFree(db, wanted.email);
        const id = randomUUID();
        const at = now();
        await db
          .insertInto('accounts')
          .values({ id, ...columnsOf(wanted), password: null, created_at: at, disabled_at: null })
          .execute();
        await putShows(db, id, wanted.shows);
        await endLinks(db, null);
        const token = await makeLink(db, { kind: 'invitation', accountId: id, at });
        const account = await accountById(db, id);
        await addAccountEntry(db, {
          at,
          actor,
          action: 'account-invited',
          account,
          details: { role: account.role },
        });
        return { account, token };
      });
    },

    async change(actor, id, changes) {
      if (!mayManage(actor) && !isOwnCard(actor, id, changes)) throw new Refused('not-allowed');
      return records.write(async (db) => {
        const before = await accountById(db, id);
        const wanted = validAccount(changed(before, changes));
        if (wanted.email !== before.email) {
          await checkFree(db, wanted.email);
          // A link that went to the former address must not work any more.
          await endLinks(db, id);
        }
        if (wanted.role !== 'admin') await checkNotLastAdmin(db, before);
        await db.updateTable('accounts').set(columnsOf(wanted)).where('id', '=', id).execute();
        await putShows(db, id, wanted.shows);
        const account = await accountById(db, id);
        await addAccountEntry(db, {
          at: now(),
          actor,
          action: 'account-changed',
          account,
          details: { role: account.role },
        });
        return account;
      });
    },

    async disable(actor, id) {
      checkManages(actor);
      await records.write(async (db) => {
        const account = await accountById(db, id);
        if (account.disabledAt !== undefined) return;
        await checkNotLastAdmin(db, account);
        const at = now();
        await db.updateTable('accounts').set({ disabled_at: at }).where('id', '=', id).execute();
        await endSessions(db, id);
        await endLinks(db, id);
        await db.deleteFrom('challenges').where('account_id', '=', id).execute();
        await db
          .updateTable('api_tokens')
          .set({ revoked_at: at })
          .where('account_id', '=', id)
          .where('revoked_at', 'is', null)
          .execute();
        await addAccountEntry(db, { at, actor, action: 'account-disabled', account });
      });
    },

    async enable(actor, id) {
      checkManages(actor);
      await records.write(async (db) => {
        const account = await accountById(db, id);
        if (account.disabledAt === undefined) return;
        await db.updateTable('accounts').set({ disabled_at: null }).where('id', '=', id).execute();
        await addAccountEntry(db, { at: now(), actor, action: 'account-enabled', account });
      });
    },

    async resetLink(actor, id) {
      checkManages(actor);
      return records.write(async (db) => {
        const account = await accountById(db, id);
        if (account.disabledAt !== undefined) throw new Refused('not-allowed');
        const at = now();
        // Somebody who never logged in is still invited, and gets the longer time again.
        const kind = account.isActive ? 'reset' : 'invitation';
        const token = await makeLink(db, { kind, accountId: id, at });
        await addAccountEntry(db, { at, actor, action: 'account-link-made', account });
        return token;
      });
    },
  };
}

function checkManages(actor: Actor): void {
  if (!mayManage(actor)) throw new Refused('not-allowed');
}

/** Returns whether only values are changed that people may change themselves. */
const isOwnCard = (actor: Actor, id: string, changes: Partial<NewAccount>): boolean =>
  actor.id === id &&
  actor.scopes === undefined &&
  Object.keys(changes).every((key) => key === 'name' || key === 'language');

/** Returns the account's values after the changes. */
const changed = (before: Account, changes: Partial<NewAccount>): NewAccount => ({
  email: changes.email ?? before.email,
  name: changes.name ?? before.name,
  role: changes.role ?? before.role,
  shows: changes.shows ?? before.shows,
  mayPublish: changes.mayPublish ?? before.mayPublish,
  language: changes.language ?? before.language,
});

async function checkFree(db: Db, email: string): Promise<void> {
  if ((await knownAccount(db, { email })) !== undefined) throw new Refused('email-taken', { email });
}

/** Throws `Refused` (`last-admin`) when there is no other active admin. */
async function checkNotLastAdmin(db: Db, account: Account): Promise<void> {
  if (account.role !== 'admin' || account.disabledAt !== undefined || !account.isActive) return;
  const other = await db
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .where('id', '<>', account.id)
    .where((is) =>
      is.or([
        is('password', 'is not', null),
        is.exists(is.selectFrom('passkeys').select('id').whereRef('account_id', '=', 'accounts.id')),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  if (other === undefined) throw new Refused('last-admin');
}

const columnsOf = ({ email, name, role, mayPublish, language }: NewAccount) => ({
  email,
  name,
  role,
  may_publish: mayPublish ? 1 : 0,
  language,
});
