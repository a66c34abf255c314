import { argon2Sync } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Account, Accounts, NewAccount } from '../../src/accounts/accounts.ts';
import { openAccounts } from '../../src/accounts/open-accounts.ts';
import type { Actor } from '../../src/model/permissions.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const PASSWORD = 'tre caffè e una sigla';
export const VISITOR = { agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', address: '192.0.2.7' };
export const PUBLIC_URL = 'https://radio.example';

/** Whoever types commands on the server. */
export const COMMAND: Actor = {
  id: 'command',
  name: 'riascolta user',
  role: 'admin',
  shows: [],
  mayPublish: true,
  via: 'command',
};

export type Opened = {
  accounts: Accounts;
  records: Records;
  folder: string;
  clock: { now: number };
  /** Somebody else at the same records: another process, or this one after a restart. */
  again(): Promise<Accounts>;
  journal(): Promise<{ action: string; by_name: string; via: string; subject: string }[]>;
};

/** Opens accounts in a temporary folder, with a clock that the test sets. */
export async function openedAccounts(): Promise<Opened> {
  const folder = await temporaryFolder();
  const clock = { now: Date.UTC(2026, 4, 1, 20) };
  const openHere = async () => {
    const records = await openRecords(folder);
    onTestFinished(() => records.close());
    const accounts = openAccounts({
      records,
      publicUrl: PUBLIC_URL,
      now: () => clock.now,
      stationName: 'Radio Prova',
    });
    return { records, accounts };
  };
  const { records, accounts } = await openHere();
  return {
    accounts,
    records,
    folder,
    clock,
    again: async () => (await openHere()).accounts,
    journal: () =>
      records.db
        .selectFrom('journal')
        .select(['action', 'by_name', 'via', 'subject'])
        .orderBy('id')
        .execute(),
  };
}

export const newAccount = (changes: Partial<NewAccount> = {}): NewAccount => ({
  email: 'anna@radio.example',
  name: 'Anna',
  role: 'contributor',
  shows: ['stacca-stacca'],
  mayPublish: false,
  language: 'it',
  ...changes,
});

/** Invites somebody. They have not come in yet. */
export async function invited({ accounts }: Opened, changes: Partial<NewAccount> = {}): Promise<Account> {
  return (await accounts.invite(COMMAND, newAccount(changes))).account;
}

/** Makes an account that was taken up with `PASSWORD`. */
export async function active({ accounts }: Opened, changes: Partial<NewAccount> = {}): Promise<Account> {
  const { token } = await accounts.invite(COMMAND, newAccount(changes));
  return accounts.redeem(token, { password: PASSWORD });
}

/** Makes the same with a hash of `PASSWORD` that costs next to nothing. */
export async function quicklyActive(opened: Opened, changes: Partial<NewAccount> = {}): Promise<Account> {
  const { id } = await invited(opened, changes);
  await opened.records.db
    .updateTable('accounts')
    .set({ password: CHEAP_HASH })
    .where('id', '=', id)
    .execute();
  const account = await opened.accounts.get(id);
  if (account === undefined) throw new Error('the account is not there');
  return account;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
const nonce = Buffer.from('saltsalt');
const tag = argon2Sync('argon2id', {
  message: PASSWORD.normalize('NFKC'),
  nonce,
  memory: 8,
  passes: 1,
  parallelism: 1,
  tagLength: 16,
});
const CHEAP_HASH = `$argon2id$v=19$m=8,t=1,p=1$${unpadded(nonce)}$${unpadded(tag)}`;

/** What `Refused` looks like to expectations. */
export const refused = (code: string, values: Record<string, string> = {}) => ({ problem: { code, values } });
