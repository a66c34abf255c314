import { describe, expect, it } from 'vitest';
import { mayManage, mayPublishFor, mayWriteFor } from '../../src/model/permissions.ts';
import { COMMAND, MINUTE, openedAccounts, quicklyActive, refused } from './opened.ts';

describe('an API token', () => {
  it('speaks for its account, within its scopes', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const account = await quicklyActive(opened, { mayPublish: true });
    const { secret, token } = await accounts.tokens.create(account, 'automation', ['write', 'read']);
    expect(secret).toMatch(/^rias_[\w-]{43}$/);
    expect(token).toMatchObject({ name: 'automation', scopes: ['read', 'write'] });
    const actor = await accounts.tokens.actorOf(secret);
    expect(actor).toMatchObject({ id: account.id, via: 'api', scopes: ['read', 'write'] });
    if (actor === undefined) return;
    expect(mayWriteFor(actor, 'stacca-stacca')).toBe(true);
    expect(mayWriteFor(actor, 'another')).toBe(false);
    expect(mayPublishFor(actor, 'stacca-stacca')).toBe(false);
    await accounts.change(COMMAND, account.id, { role: 'admin' });
    const admin = await accounts.tokens.actorOf(secret);
    expect(admin?.role).toBe('admin');
    expect(admin && mayManage(admin)).toBe(false);
  });

  it('ends when it is revoked by its own account, and is then not listed', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const anna = await quicklyActive(opened);
    const bea = await quicklyActive(opened, { email: 'bea@radio.example' });
    const { secret, token } = await accounts.tokens.create(anna, 'automation', ['read']);
    await expect(accounts.tokens.revoke(bea.id, token.id)).rejects.toMatchObject(refused('not-found'));
    expect(await accounts.tokens.actorOf(secret)).toBeDefined();
    await accounts.tokens.revoke(anna.id, token.id);
    expect(await accounts.tokens.actorOf(secret)).toBeUndefined();
    expect(await accounts.tokens.list(anna.id)).toEqual([]);
    for (const wrong of ['', 'rias_', `${secret}x`, secret.slice(5)])
      expect(await accounts.tokens.actorOf(wrong)).toBeUndefined();
  });

  it('is written as used at most once a minute', async () => {
    const opened = await openedAccounts();
    const { accounts, clock, records } = opened;
    const account = await quicklyActive(opened);
    const { secret } = await accounts.tokens.create(account, 'automation', ['read']);
    expect((await accounts.tokens.list(account.id))[0]?.usedAt).toBeUndefined();
    await accounts.tokens.actorOf(secret);
    const used = clock.now;
    const before = records.version();
    clock.now += MINUTE - 1;
    await accounts.tokens.actorOf(secret);
    expect(records.version()).toBe(before);
    expect((await accounts.tokens.list(account.id))[0]?.usedAt).toBe(used);
  });
});
