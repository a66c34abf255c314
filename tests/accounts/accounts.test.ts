import { describe, expect, it } from 'vitest';
import { active, COMMAND, invited, newAccount, openedAccounts, quicklyActive, refused } from './opened.ts';

describe('accounts', () => {
  it('are kept with their e-mail address in lower case, one to an address', async () => {
    const { accounts } = await openedAccounts();
    const { account } = await accounts.invite(COMMAND, newAccount({ email: ' Anna@Radio.example ' }));
    expect(account).toMatchObject({ email: 'anna@radio.example', isActive: false, shows: ['stacca-stacca'] });
    expect(await accounts.byEmail('ANNA@radio.example')).toEqual(account);
    await expect(accounts.invite(COMMAND, newAccount())).rejects.toMatchObject(
      refused('email-taken', { email: 'anna@radio.example' }),
    );
    for (const email of ['', 'anna', 'a@b c.example', 'a@b.example\nBcc: c@d.example', '@radio.example'])
      await expect(accounts.invite(COMMAND, newAccount({ email }))).rejects.toMatchObject(
        refused('email-wrong'),
      );
  });

  it('have names in one line that cannot pretend to be others', async () => {
    const opened = await openedAccounts();
    expect((await invited(opened, { name: ' An\u202ena \n  B\u0000. ' })).name).toBe('An na B .');
    expect((await invited(opened, { name: ' ', email: 'b@radio.example' })).name).toBe('b');
  });

  it('have shows and leave to publish as contributors alone', async () => {
    const opened = await openedAccounts();
    const editor = await invited(opened, { role: 'editor', mayPublish: true });
    expect(editor).toMatchObject({ shows: [], mayPublish: false });
    expect(opened.accounts.actorOf(editor, 'studio')).toMatchObject({ role: 'editor', mayPublish: true });
    const changed = await opened.accounts.change(COMMAND, editor.id, {
      role: 'contributor',
      shows: ['b', 'a', 'b'],
    });
    expect(changed.shows).toEqual(['a', 'b']);
    expect(opened.accounts.actorOf(changed, 'studio').mayPublish).toBe(false);
  });

  it('are made, changed, closed and opened by admins alone, and never by a token', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const editor = await invited(opened, { role: 'editor', email: 'e@radio.example' });
    const mere = accounts.actorOf(editor, 'studio');
    const byToken = { ...COMMAND, scopes: ['write' as const] };
    for (const actor of [mere, byToken]) {
      const attempts = [
        () => accounts.invite(actor, newAccount()),
        () => accounts.change(actor, editor.id, { role: 'admin' }),
        () => accounts.change(actor, editor.id, { email: 'f@radio.example' }),
        () => accounts.disable(actor, editor.id),
        () => accounts.enable(actor, editor.id),
        () => accounts.resetLink(actor, editor.id),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(refused('not-allowed'));
    }
    expect(await accounts.change(mere, editor.id, { name: 'Elio', language: 'en' })).toMatchObject({
      name: 'Elio',
      language: 'en',
      role: 'editor',
    });
    await expect(accounts.change(COMMAND, 'nobody', { name: 'x' })).rejects.toMatchObject(
      refused('not-found'),
    );
  });

  it('leave one admin who can come in, whatever is asked', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const admin = await quicklyActive(opened, { role: 'admin' });
    // Somebody who has not come in yet may never do so.
    await invited(opened, { role: 'admin', email: 'new@radio.example' });
    await expect(accounts.disable(COMMAND, admin.id)).rejects.toMatchObject(refused('last-admin'));
    await expect(accounts.change(COMMAND, admin.id, { role: 'editor' })).rejects.toMatchObject(
      refused('last-admin'),
    );
    const other = await quicklyActive(opened, { role: 'admin', email: 'other@radio.example' });
    const both = await Promise.allSettled([
      accounts.disable(COMMAND, admin.id),
      accounts.change(COMMAND, other.id, { role: 'editor' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('end in all ways at once when they are closed', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const account = await quicklyActive(opened, { role: 'editor' });
    const session = await accounts.beginSession(account, { agent: '', address: '' });
    const { secret } = await accounts.tokens.create(account, 'automation', ['write']);
    const link = await accounts.resetLink(COMMAND, account.id);
    await accounts.disable(COMMAND, account.id);
    expect(await accounts.sessionOf(session)).toBeUndefined();
    expect(await accounts.tokens.actorOf(secret)).toBeUndefined();
    expect(await accounts.purposeOf(link)).toBeUndefined();
    await expect(accounts.resetLink(COMMAND, account.id)).rejects.toMatchObject(refused('not-allowed'));
    // Whoever was in the middle of logging in does not slip through.
    await expect(accounts.beginSession(account, { agent: '', address: '' })).rejects.toMatchObject(
      refused('login-wrong'),
    );
    await accounts.enable(COMMAND, account.id);
    expect(await accounts.sessionOf(session)).toBeUndefined();
    expect(await accounts.tokens.actorOf(secret)).toBeUndefined();
  });

  it('tell the journal who did what, and no secret', async () => {
    const opened = await openedAccounts();
    const account = await active(opened);
    await opened.accounts.disable(COMMAND, account.id);
    expect(await opened.journal()).toEqual([
      { action: 'account-invited', by_name: 'riascolta user', via: 'command', subject: account.id },
      { action: 'account-taken-up', by_name: 'Anna', via: 'studio', subject: account.id },
      { action: 'account-disabled', by_name: 'riascolta user', via: 'command', subject: account.id },
    ]);
  });
});
