import type { Records } from '../records/records.ts';
import { allAccounts, knownAccount } from './account-rows.ts';
import { actorOfAccount } from './account-values.ts';
import type { Accounts } from './accounts.ts';
import { openApiTokens } from './api-tokens.ts';
import { loginOperations } from './log-in.ts';
import { openThrottle } from './login-throttle.ts';
import { accountOperations } from './manage-accounts.ts';
import { hasAccounts, linkPurpose } from './one-time-links.ts';
import { openPasskeys } from './passkeys.ts';
import { openPasswords } from './passwords.ts';
import { linkRedeemer } from './redeem-link.ts';
import { openSessions } from './sessions.ts';

export type AccountsOptions = {
  records: Records;
  /** The public origin, to which passkeys are bound. */
  publicUrl: string;
  /** Milliseconds since 1970; the machine's clock where not given. */
  now?: () => number;
  /** The station's name: shown with passkeys, and refused as a password. */
  stationName?: string;
};

/**
 * Opens the accounts of these records. Several processes may have them open.
 *
 *     const accounts = openAccounts({ records: await openRecords(config.dataDir), publicUrl });
 */
export function openAccounts({ records, publicUrl, now = Date.now, stationName }: AccountsOptions): Accounts {
  const context = { records, now, publicUrl, stationName };
  const { db } = records;
  const passwords = openPasswords();
  const throttle = openThrottle(context);
  const sessions = openSessions(context);
  return {
    isEmpty: async () => !(await hasAccounts(db)),
    list: () => allAccounts(db),
    get: async (id) => (await knownAccount(db, { id }))?.account,
    byEmail: async (email) => (await knownAccount(db, { email: email.trim().toLowerCase() }))?.account,
    actorOf: actorOfAccount,
    ...accountOperations(context),
    purposeOf: (token) => linkPurpose(db, token, now()),
    redeem: linkRedeemer({ ...context, passwords }),
    ...loginOperations({ ...context, passwords, throttle }),
    beginSession: sessions.begin,
    sessionOf: sessions.find,
    sessions: sessions.list,
    endSession: sessions.end,
    endOtherSessions: sessions.endOthers,
    passkeys: openPasskeys(context),
    tokens: openApiTokens(context),
  };
}
