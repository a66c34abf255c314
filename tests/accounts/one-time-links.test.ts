import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  active,
  COMMAND,
  DAY,
  HOUR,
  invited,
  newAccount,
  openedAccounts,
  PASSWORD,
  quicklyActive,
  refused,
  VISITOR,
} from './opened.ts';

describe('a one-time link', () => {
  it('makes the first account, as admin, and no second one', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    expect(await accounts.isEmpty()).toBe(true);
    const older = await accounts.firstLink();
    const token = await accounts.firstLink();
    expect(await accounts.purposeOf(older)).toBeUndefined();
    expect(await accounts.purposeOf(token)).toEqual({ kind: 'first' });
    const choice = { password: PASSWORD, name: 'Bea', email: 'Bea@radio.example', language: 'en' as const };
    const account = await accounts.redeem(token, choice);
    expect(account).toMatchObject({
      email: 'bea@radio.example',
      name: 'Bea',
      role: 'admin',
      language: 'en',
      isActive: true,
    });
    expect(await accounts.isEmpty()).toBe(false);
    await expect(accounts.redeem(token, choice)).rejects.toMatchObject(refused('link-used'));
    await expect(accounts.firstLink()).rejects.toMatchObject(refused('link-used'));
  });

  it('for the first account ends when somebody was invited from the terminal', async () => {
    const opened = await openedAccounts();
    const token = await opened.accounts.firstLink();
    await invited(opened, { role: 'admin' });
    expect(await opened.accounts.purposeOf(token)).toBeUndefined();
  });

  it('can be tried again when what was chosen will not do', async () => {
    const { accounts } = await openedAccounts();
    const token = await accounts.firstLink();
    const good = { password: PASSWORD, name: 'Bea', email: 'bea@radio.example' };
    await expect(accounts.redeem(token, { ...good, email: 'bea' })).rejects.toMatchObject(
      refused('email-wrong'),
    );
    await expect(accounts.redeem(token, { ...good, password: 'corta' })).rejects.toMatchObject(
      refused('password-short', { least: '10' }),
    );
    await expect(accounts.redeem(token, { ...good, password: 'Radioprova1' })).rejects.toMatchObject(
      refused('password-common'),
    );
    expect((await accounts.redeem(token, good)).isActive).toBe(true);
  });

  it('works once when it is used twice at the same moment, even by two processes', async () => {
    const opened = await openedAccounts();
    const { token } = await opened.accounts.invite(COMMAND, newAccount());
    const others = await opened.again();
    const both = await Promise.allSettled([
      opened.accounts.redeem(token, { password: 'la prima che arriva' }),
      others.redeem(token, { password: 'la seconda che arriva' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused('link-used') });
  });

  it('lasts a day, an invitation a week', async () => {
    const { accounts, clock } = await openedAccounts();
    const first = await accounts.firstLink();
    clock.now += DAY - 1;
    expect(await accounts.purposeOf(first)).toBeDefined();
    clock.now += 1;
    expect(await accounts.purposeOf(first)).toBeUndefined();
    const { account, token } = await accounts.invite(COMMAND, newAccount());
    clock.now += 7 * DAY - HOUR;
    expect(await accounts.purposeOf(token)).toEqual({ kind: 'invitation', account });
    // Who is still to come in gets the longer time again.
    const renewed = await accounts.resetLink(COMMAND, account.id);
    expect(await accounts.purposeOf(token)).toBeUndefined();
    clock.now += 7 * DAY - 1;
    expect(await accounts.purposeOf(renewed)).toMatchObject({ kind: 'invitation' });
    clock.now += 1;
    expect(await accounts.purposeOf(renewed)).toBeUndefined();
    await expect(accounts.redeem(renewed, { password: PASSWORD })).rejects.toMatchObject(
      refused('link-used'),
    );
  });

  it('for another password leaves the present one until it is used, and then ends every session', async () => {
    const opened = await openedAccounts();
    const { accounts, clock } = opened;
    const account = await quicklyActive(opened);
    const session = await accounts.beginSession(account, VISITOR);
    const token = await accounts.resetLink(COMMAND, account.id);
    expect(await accounts.purposeOf(token)).toMatchObject({ kind: 'reset' });
    expect((await accounts.logIn(account.email, PASSWORD, VISITOR)).id).toBe(account.id);
    await accounts.redeem(token, { password: 'un altra sigla ancora' });
    expect(await accounts.sessionOf(session)).toBeUndefined();
    await expect(accounts.logIn(account.email, PASSWORD, VISITOR)).rejects.toMatchObject(
      refused('login-wrong'),
    );
    const late = await accounts.resetLink(COMMAND, account.id);
    clock.now += DAY;
    expect(await accounts.purposeOf(late)).toBeUndefined();
  });

  it('that went to a former e-mail address does not work any more', async () => {
    const { accounts } = await openedAccounts();
    const { account, token } = await accounts.invite(COMMAND, newAccount());
    await accounts.change(COMMAND, account.id, { name: 'Annalisa' });
    expect(await accounts.purposeOf(token)).toBeDefined();
    await accounts.change(COMMAND, account.id, { email: 'annalisa@radio.example' });
    expect(await accounts.purposeOf(token)).toBeUndefined();
  });

  it('stands nowhere on the disk, nor does any other secret', async () => {
    const opened = await openedAccounts();
    const { accounts, folder } = opened;
    const account = await active(opened);
    const secrets = [
      PASSWORD,
      await accounts.resetLink(COMMAND, account.id),
      await accounts.beginSession(account, VISITOR),
      (await accounts.tokens.create(account, 'automation', ['read'])).secret,
    ];
    const files = await Promise.all(
      ['studio.sqlite', 'studio.sqlite-wal'].map((name) => readFile(join(folder, name), 'latin1')),
    );
    for (const secret of secrets) expect(files.join('').includes(secret)).toBe(false);
    expect(files.join('')).toContain(account.email);
  });
});
