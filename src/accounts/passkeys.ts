import { isIP } from 'node:net';
import { z } from 'zod';
import { Refused } from '../model/problem.ts';
import type { Db } from '../records/records.ts';
import { type AccountsContext, accountById, knownAccount } from './account-rows.ts';
import { actorOfAccount, validName } from './account-values.ts';
import type { Accounts, Passkey } from './accounts.ts';
import { addAccountEntry } from './journal.ts';
import { loginAnswer, registrationAnswer } from './passkey-answers.ts';
import { openChallenges } from './passkey-challenges.ts';

/** The library takes 30 MB, so it is loaded when the first passkey is asked for. */
const library = () => import('@simplewebauthn/server');

/** EdDSA, ES256, RS256 (COSE, RFC 9053): what devices have. */
const ALGORITHMS = [-8, -7, -257];

const transportNames = z.array(z.string());

/**
 * Returns whether browsers let passkeys be made for this origin: under https (or on this machine), with a
 * name as host.
 */
export function canHavePasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return false;
  return protocol === 'https:' || hostname === 'localhost';
}

/**
 * Returns the passkeys of these records, for the origin under which the public reaches us (WebAuthn Level 3).
 * Those that were made for another host are not known there.
 */
export function openPasskeys(
  context: AccountsContext & { publicUrl: string; stationName?: string },
): Accounts['passkeys'] {
  const { records, now, publicUrl, stationName = 'Riascolta' } = context;
  const { db } = records;
  const rpID = new URL(publicUrl).hostname;
  const challenges = openChallenges(context);
  return {
    async list(accountId) {
      const rows = await passkeyRows(db, accountId);
      return rows.map(passkeyOf);
    },

    async beginRegistration(account) {
      const rows = await passkeyRows(db, account.id);
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        rpName: stationName,
        rpID,
        userName: account.email,
        userDisplayName: account.name,
        userID: new Uint8Array(Buffer.from(account.id)),
        attestationType: 'none',
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: rows.map((row) => ({
          id: row.id,
          transports: transportNames.parse(JSON.parse(row.transports_json)),
        })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      });
      await challenges.keep(options.challenge, account.id);
      return options;
    },

    async finishRegistration(account, asked, answer) {
      const { verifyRegistrationResponse } = await library();
      const response = parsed(registrationAnswer, answer);
      const { registrationInfo } = await verified(
        verifyRegistrationResponse({
          response,
          expectedChallenge: (challenge) => challenges.take(challenge, account.id),
          expectedOrigin: publicUrl,
          expectedRPID: rpID,
          requireUserVerification: false,
          supportedAlgorithmIDs: ALGORITHMS,
        }),
      );
      const { credential } = registrationInfo;
      return records.write(async (within) => {
        const at = now();
        const owner = await accountById(within, account.id);
        const isKnown = (await passkeyRow(within, credential.id)) !== undefined;
        if (isKnown || owner.disabledAt !== undefined) throw new Refused('passkey-failed');
        const row = {
          id: credential.id,
          account_id: account.id,
          name: validName(asked, 'passkey'),
          public_key: credential.publicKey,
          counter: credential.counter,
          transports_json: JSON.stringify(response.response.transports ?? []),
          created_at: at,
          used_at: null,
        };
        await within.insertInto('passkeys').values(row).execute();
        const actor = actorOfAccount(owner, 'studio');
        const details = { passkey: row.name };
        await addAccountEntry(within, { at, actor, action: 'passkey-added', account: owner, details });
        return passkeyOf(row);
      });
    },

    async beginLogIn() {
      // No list of credentials: the browser offers what it has, and nothing is told of who has an account.
      const { generateAuthenticationOptions } = await library();
      const options = await generateAuthenticationOptions({ rpID, userVerification: 'preferred' });
      await challenges.keep(options.challenge, null);
      return options;
    },

    async finishLogIn(answer) {
      const { verifyAuthenticationResponse } = await library();
      const response = parsed(loginAnswer, answer);
      const row = await passkeyRow(db, response.id);
      const known = row && (await knownAccount(db, { id: row.account_id }));
      if (row === undefined || known === undefined) throw new Refused('passkey-failed');
      const { userHandle } = response.response;
      if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== row.account_id)
        throw new Refused('passkey-failed');
      const { authenticationInfo } = await verified(
        verifyAuthenticationResponse({
          response,
          expectedChallenge: (challenge) => challenges.take(challenge, null),
          expectedOrigin: publicUrl,
          expectedRPID: rpID,
          credential: { id: row.id, publicKey: new Uint8Array(row.public_key), counter: row.counter },
          requireUserVerification: false,
        }),
      );
      // The update depends on the counter that was checked, so that of two copies of a key used at once one
      // is refused.
      const counted = await db
        .updateTable('passkeys')
        .set({ counter: authenticationInfo.newCounter, used_at: now() })
        .where('id', '=', row.id)
        .where('counter', '=', row.counter)
        .returning('id')
        .executeTakeFirst();
      if (counted === undefined || known.account.disabledAt !== undefined)
        throw new Refused('passkey-failed');
      return known.account;
    },

    async remove(accountId, id) {
      await records.write(async (within) => {
        const account = await accountById(within, accountId);
        const row = await within
          .deleteFrom('passkeys')
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .returning('name')
          .executeTakeFirst();
        if (row === undefined) throw new Refused('not-found');
        const actor = actorOfAccount(account, 'studio');
        const details = { passkey: row.name };
        await addAccountEntry(within, { at: now(), actor, action: 'passkey-removed', account, details });
      });
    },
  };
}

const passkeyRows = (db: Db, accountId: string) =>
  db
    .selectFrom('passkeys')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

const passkeyRow = (db: Db, id: string) =>
  db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();

const passkeyOf = (row: {
  id: string;
  name: string;
  created_at: number;
  used_at: number | null;
}): Passkey => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  usedAt: row.used_at ?? undefined,
});

function parsed<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new Refused('passkey-failed', {}, { cause: result.error });
  return result.data;
}

/** Resolves with what was verified. Throws `Refused` (`passkey-failed`) for whatever was wrong with it. */
async function verified<T extends { verified: boolean }>(work: Promise<T>): Promise<T & { verified: true }> {
  const result = await work.catch((error: unknown) => {
    throw new Refused('passkey-failed', {}, { cause: error });
  });
  if (!isVerified(result)) throw new Refused('passkey-failed');
  return result;
}

const isVerified = <T extends { verified: boolean }>(result: T): result is T & { verified: true } =>
  result.verified;
