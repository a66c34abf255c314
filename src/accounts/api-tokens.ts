import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SCOPES } from '../model/permissions.ts';
import { Refused } from '../model/problem.ts';
import { type AccountsContext, accountById, knownAccount } from './account-rows.ts';
import { actorOfAccount, validName } from './account-values.ts';
import type { Accounts, ApiToken } from './accounts.ts';
import { addAccountEntry } from './journal.ts';
import { newSecret, secretDigest } from './secrets.ts';

/** Makes a leaked token recognizable to people and scanners. */
const PREFIX = 'rias_';
const FORM = /^rias_[\w-]{43}$/;
const USED_EVERY_MS = 60_000;

const scopeNames = z.array(z.enum(SCOPES));

/** Returns the API tokens of these records. */
export function openApiTokens({ records, now }: AccountsContext): Accounts['tokens'] {
  const { db } = records;
  const see = (id: string, at: number) =>
    db.updateTable('api_tokens').set({ used_at: at }).where('id', '=', id).execute();
  return {
    async list(accountId) {
      const rows = await db
        .selectFrom('api_tokens')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('revoked_at', 'is', null)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        scopes: scopesOf(row.scopes_json),
        createdAt: row.created_at,
        usedAt: row.used_at ?? undefined,
      }));
    },
    async create(account, asked, scopes) {
      const secret = PREFIX + newSecret();
      const token: ApiToken = {
        id: randomUUID(),
        name: validName(asked, 'API'),
        scopes: SCOPES.filter((scope) => scopes.includes(scope)),
        createdAt: now(),
      };
      await records.write(async (within) => {
        const { disabledAt } = await accountById(within, account.id);
        if (disabledAt !== undefined) throw new Refused('not-allowed');
        await within
          .insertInto('api_tokens')
          .values({
            id: token.id,
            account_id: account.id,
            name: token.name,
            secret: secretDigest(secret),
            scopes_json: JSON.stringify(token.scopes),
            created_at: token.createdAt,
            used_at: null,
            revoked_at: null,
          })
          .execute();
        await addAccountEntry(within, {
          at: token.createdAt,
          actor: actorOfAccount(account, 'studio'),
          action: 'token-created',
          account,
          details: { token: token.name, scopes: token.scopes.join(' ') },
        });
      });
      return { token, secret };
    },
    async revoke(accountId, id) {
      await records.write(async (within) => {
        const account = await accountById(within, accountId);
        const row = await within
          .updateTable('api_tokens')
          .set({ revoked_at: now() })
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .where('revoked_at', 'is', null)
          .returning('name')
          .executeTakeFirst();
        if (row === undefined) throw new Refused('not-found');
        const actor = actorOfAccount(account, 'studio');
        const details = { token: row.name };
        await addAccountEntry(within, { at: now(), actor, action: 'token-revoked', account, details });
      });
    },
    async actorOf(secret) {
      if (!FORM.test(secret)) return undefined;
      const row = await db
        .selectFrom('api_tokens')
        .select(['id', 'account_id', 'scopes_json', 'used_at'])
        .where('secret', '=', secretDigest(secret))
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      const known = row && (await knownAccount(db, { id: row.account_id }));
      if (row === undefined || known === undefined || known.account.disabledAt !== undefined)
        return undefined;
      const at = now();
      // On a full disk programs can still read.
      if (at - (row.used_at ?? 0) >= USED_EVERY_MS) await see(row.id, at).catch(() => {});
      return { ...actorOfAccount(known.account, 'api'), scopes: scopesOf(row.scopes_json) };
    },
  };
}

const scopesOf = (json: string) => scopeNames.parse(JSON.parse(json));
