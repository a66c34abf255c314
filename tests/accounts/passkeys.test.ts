import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canHavePasskeys } from '../../src/accounts/passkeys.ts';
import { COMMAND, MINUTE, openedAccounts, PUBLIC_URL, quicklyActive, refused, VISITOR } from './opened.ts';
import { softAuthenticator } from './soft-authenticator.ts';

const challengeOf = (options: object): string => z.object({ challenge: z.string() }).parse(options).challenge;

async function withPasskey() {
  const opened = await openedAccounts();
  const { accounts } = opened;
  const account = await quicklyActive(opened);
  const authenticator = softAuthenticator({ origin: PUBLIC_URL });
  const options = await accounts.passkeys.beginRegistration(account);
  await accounts.passkeys.finishRegistration(account, 'telefono', authenticator.create(challengeOf(options)));
  const challenge = async () => challengeOf(await accounts.passkeys.beginLogIn());
  return { ...opened, account, authenticator, challenge };
}

describe('a passkey', () => {
  it('is asked for as one that the browser can find by itself', async () => {
    const opened = await openedAccounts();
    const account = await quicklyActive(opened);
    expect(await opened.accounts.passkeys.beginRegistration(account)).toMatchObject({
      rp: { id: 'radio.example', name: 'Radio Prova' },
      user: { name: 'anna@radio.example', displayName: 'Anna' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    });
    expect(await opened.accounts.passkeys.beginLogIn()).toMatchObject({
      rpId: 'radio.example',
      userVerification: 'preferred',
    });
  });

  it('lets its account in, again and again, and says when it was used', async () => {
    const { accounts, account, authenticator, challenge, clock } = await withPasskey();
    clock.now += MINUTE;
    const handle = Buffer.from(account.id).toString('base64url');
    for (let count = 0; count < 2; count += 1)
      expect(
        await accounts.passkeys.finishLogIn(authenticator.get(await challenge(), handle), VISITOR),
      ).toMatchObject({ id: account.id });
    expect(await accounts.passkeys.list(account.id)).toEqual([
      { id: authenticator.id, name: 'telefono', createdAt: clock.now - MINUTE, usedAt: clock.now },
    ]);
  });

  it('is not offered a second time to a device that has it', async () => {
    const { accounts, account, authenticator } = await withPasskey();
    const options = await accounts.passkeys.beginRegistration(account);
    expect(options).toMatchObject({
      excludeCredentials: [{ id: authenticator.id, transports: ['internal', 'hybrid'] }],
    });
    await expect(
      accounts.passkeys.finishRegistration(account, 'x', authenticator.create(challengeOf(options))),
    ).rejects.toMatchObject(refused('passkey-failed'));
  });

  it('signs each challenge once, within ten minutes', async () => {
    const { accounts, authenticator, challenge, clock } = await withPasskey();
    const one = await challenge();
    await accounts.passkeys.finishLogIn(authenticator.get(one), VISITOR);
    const two = await challenge();
    clock.now += 10 * MINUTE;
    for (const spent of [one, two, 'bWFkZS11cA'])
      await expect(accounts.passkeys.finishLogIn(authenticator.get(spent), VISITOR)).rejects.toMatchObject(
        refused('passkey-failed'),
      );
  });

  it('is refused with a challenge that was made for something or somebody else', async () => {
    const opened = await withPasskey();
    const { accounts, account, authenticator } = opened;
    const bea = await quicklyActive(opened, { email: 'bea@radio.example' });
    const forAnna = challengeOf(await accounts.passkeys.beginRegistration(account));
    await expect(accounts.passkeys.finishLogIn(authenticator.get(forAnna), VISITOR)).rejects.toMatchObject(
      refused('passkey-failed'),
    );
    const hers = softAuthenticator({ origin: PUBLIC_URL });
    await expect(accounts.passkeys.finishRegistration(bea, 'x', hers.create(forAnna))).rejects.toMatchObject(
      refused('passkey-failed'),
    );
    expect(await accounts.passkeys.list(bea.id)).toEqual([]);
  });

  it('is refused when it was used at another site, or is a copy whose counter lags behind', async () => {
    const { accounts, account, authenticator, challenge } = await withPasskey();
    const elsewhere = softAuthenticator({ origin: 'https://radio-example.evil.example' });
    const options = challengeOf(await accounts.passkeys.beginRegistration(account));
    await expect(
      accounts.passkeys.finishRegistration(account, 'x', elsewhere.create(options)),
    ).rejects.toMatchObject(refused('passkey-failed'));
    await accounts.passkeys.finishLogIn(authenticator.get(await challenge()), VISITOR);
    authenticator.rewind(0);
    await expect(
      accounts.passkeys.finishLogIn(authenticator.get(await challenge()), VISITOR),
    ).rejects.toMatchObject(refused('passkey-failed'));
  });

  it('is refused when its account is closed, it was removed, or is named to be another’s', async () => {
    const opened = await withPasskey();
    const { accounts, account, authenticator, challenge } = opened;
    const other = Buffer.from('somebody else').toString('base64url');
    await expect(
      accounts.passkeys.finishLogIn(authenticator.get(await challenge(), other), VISITOR),
    ).rejects.toMatchObject(refused('passkey-failed'));
    await accounts.disable(COMMAND, account.id);
    await expect(
      accounts.passkeys.finishLogIn(authenticator.get(await challenge()), VISITOR),
    ).rejects.toMatchObject(refused('passkey-failed'));
    await accounts.enable(COMMAND, account.id);
    const bea = await quicklyActive(opened, { email: 'bea@radio.example' });
    await expect(accounts.passkeys.remove(bea.id, authenticator.id)).rejects.toMatchObject(
      refused('not-found'),
    );
    await accounts.passkeys.remove(account.id, authenticator.id);
    await expect(
      accounts.passkeys.finishLogIn(authenticator.get(await challenge()), VISITOR),
    ).rejects.toMatchObject(refused('passkey-failed'));
  });

  it.each([null, 'x', {}, { id: '..', rawId: '..', type: 'public-key', response: {} }])(
    'is refused when the answer is none: %j',
    async (answer) => {
      const { accounts } = await openedAccounts();
      await expect(accounts.passkeys.finishLogIn(answer, VISITOR)).rejects.toMatchObject(
        refused('passkey-failed'),
      );
    },
  );

  it('is possible under https with a name, and on this machine', () => {
    expect(canHavePasskeys('https://radio.example')).toBe(true);
    expect(canHavePasskeys('http://localhost:3000')).toBe(true);
    for (const origin of [
      'http://radio.lan',
      'https://192.0.2.1',
      'https://[2001:db8::1]',
      'http://127.0.0.1',
    ])
      expect(canHavePasskeys(origin)).toBe(false);
  });

  it('can be asked for by anybody as often as they like, without filling the disk', async () => {
    const { accounts, records, clock } = await openedAccounts();
    await records.write(async (db) => {
      for (let count = 0; count < 2_500; count += 1)
        await db
          .insertInto('challenges')
          .values({ challenge: `c${count}`, account_id: null, expires_at: clock.now + 1_000 + count })
          .execute();
    });
    await accounts.passkeys.beginLogIn();
    const { count } = await records.db
      .selectFrom('challenges')
      .select((row) => row.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(2_000);
  });
});
