import { describe, expect, it } from 'vitest';
import type { Accounts } from '../../src/accounts/accounts.ts';
import { checkPassword } from '../../src/accounts/password-rules.ts';
import { isOutdated, openPasswords } from '../../src/accounts/passwords.ts';
import {
  active,
  COMMAND,
  invited,
  MINUTE,
  openedAccounts,
  PASSWORD,
  quicklyActive,
  refused,
  VISITOR,
} from './opened.ts';

describe('logging in', () => {
  it('takes the right password, however its letters were typed', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const account = await active(opened);
    expect(await accounts.logIn(' ANNA@radio.example', PASSWORD.normalize('NFD'), VISITOR)).toEqual(account);
  });

  it('answers the same for a wrong password, for nobody, for an invitation not taken up and a closed account', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    await active(opened);
    await invited(opened, { email: 'new@radio.example' });
    const closed = await quicklyActive(opened, { email: 'closed@radio.example' });
    await accounts.disable(COMMAND, closed.id);
    const answers = [];
    for (const email of [
      'anna@radio.example',
      'new@radio.example',
      'closed@radio.example',
      'no@radio.example',
    ])
      answers.push(
        await accounts
          .logIn(email, email.startsWith('closed') ? PASSWORD : 'another password', VISITOR)
          .catch((error) => String(error)),
      );
    expect(answers).toEqual(Array(4).fill('Refused: login-wrong {}'));
  });

  it('has to wait after five failures, account or none, also after a restart', async () => {
    const opened = await openedAccounts();
    const { accounts, clock } = opened;
    await quicklyActive(opened);
    const restarted = await opened.again();
    const answerOf = (from: Accounts, email: string, password: string) =>
      from.logIn(email, password, { ...VISITOR, address: email }).then(
        () => 'in',
        (error) => String(error),
      );
    for (const email of ['anna@radio.example', 'no@radio.example']) {
      for (let attempt = 0; attempt < 5; attempt += 1)
        expect(await answerOf(accounts, email, 'wrong password')).toBe('Refused: login-wrong {}');
      // Even the right one: else the wait would tell.
      expect(await answerOf(restarted, email, PASSWORD)).toBe('Refused: login-throttled {"minutes":"1"}');
    }
    clock.now += MINUTE;
    expect(await answerOf(restarted, 'anna@radio.example', PASSWORD)).toBe('in');
    expect(await answerOf(accounts, 'anna@radio.example', 'wrong password')).toBe('Refused: login-wrong {}');
  });

  it('makes a hash anew that was made with less work', async () => {
    const opened = await openedAccounts();
    const { accounts, records } = opened;
    await invited(opened);
    // What `argon2` of the reference implementation makes of the password "password" and the salt "somesalt".
    const old = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(isOutdated(old)).toBe(true);
    await records.db.updateTable('accounts').set({ password: old }).execute();
    await accounts.logIn('anna@radio.example', 'password', VISITOR);
    const { password } = await records.db.selectFrom('accounts').select('password').executeTakeFirstOrThrow();
    expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(isOutdated(password ?? '')).toBe(false);
  });

  it('lets nobody in the queue for hashing when it is long', async () => {
    const passwords = openPasswords();
    const cheap = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA';
    const waiting = Array.from({ length: 30 }, () => passwords.isRight('x', cheap));
    expect(() => passwords.checkRoom()).toThrow('login-throttled');
    await expect(passwords.isRight('x', cheap)).rejects.toMatchObject(
      refused('login-throttled', { minutes: '1' }),
    );
    expect(await Promise.all(waiting)).toEqual(Array(30).fill(false));
    expect(() => passwords.checkRoom()).not.toThrow();
  });
});

describe('changing the password', () => {
  it('asks for the present one, ends the other sessions and links, and keeps this one', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const account = await quicklyActive(opened);
    const here = await accounts.beginSession(account, VISITOR);
    const elsewhere = await accounts.beginSession(account, VISITOR);
    const link = await accounts.resetLink(COMMAND, account.id);
    const session = (await accounts.sessionOf(here))?.session.id ?? '';
    await expect(
      accounts.changePassword(account, 'not the present', 'una sigla tutta nuova', session),
    ).rejects.toMatchObject(refused('password-wrong'));
    await expect(accounts.changePassword(account, PASSWORD, 'Anna12345678', session)).rejects.toMatchObject(
      refused('password-common'),
    );
    expect(await accounts.purposeOf(link)).toBeDefined();
    await accounts.changePassword(account, PASSWORD, 'una sigla tutta nuova', session);
    expect(await accounts.sessionOf(here)).toBeDefined();
    expect(await accounts.sessionOf(elsewhere)).toBeUndefined();
    expect(await accounts.purposeOf(link)).toBeUndefined();
    expect((await accounts.logIn(account.email, 'una sigla tutta nuova', VISITOR)).id).toBe(account.id);
  });
});

describe('a password', () => {
  const owner = { email: 'stella.rossi@radio.example', name: 'Stella Rossi', stationName: 'Radio Blackout' };

  it.each([
    'password123',
    'P4ssw0rd!!2024',
    '1234567890',
    '0987654321',
    'qwertyuiop',
    '1q2w3e4r5t',
    'ciaociaociao',
    'Juventus1897',
    'forza napoli 1926',
    'aaaaaaaaaaaa',
    'abababababab',
    'abcdefghijk',
    'passwordpassword',
    'riascolta2026',
    '!!!!!!!!!!!!',
    'stella.rossi@radio.example',
    'stella.rossi1',
    'StellaRossi99',
    'rossi-1234567',
    'radio blackout 105',
  ])('must not be among the first that are tried: %s', (password) => {
    expect(() => checkPassword(password, owner)).toThrow('password-common');
  });

  it.each([
    'tre caffè e una sigla',
    'ciao mamma guarda come',
    'x7#Kq!mz_2',
    'correct horse battery',
    '🎙️🎧📻🔊🎚️🎛️📡🎵🎶📼',
  ])('may be anything else: %s', (password) => {
    expect(() => checkPassword(password, owner)).not.toThrow();
  });

  it('has ten characters, as people count them', () => {
    expect(() => checkPassword('🎙🎧📻🔊🎚', owner)).toThrow('password-short');
    expect(() => checkPassword('x7#Kq!mz_', owner)).toThrow('password-short');
    expect(() => checkPassword('x'.repeat(1_000_000), owner)).toThrow('value-wrong');
  });
});
