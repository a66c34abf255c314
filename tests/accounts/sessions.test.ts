import { describe, expect, it } from 'vitest';
import { SESSION_IDLE_MS, SESSION_LONGEST_MS } from '../../src/accounts/accounts.ts';
import { DAY, MINUTE, openedAccounts, quicklyActive, VISITOR } from './opened.ts';

describe('a session', () => {
  it('is found by its token alone, and tells where it came from', async () => {
    const opened = await openedAccounts();
    const { accounts, clock } = opened;
    const account = await quicklyActive(opened);
    const token = await accounts.beginSession(account, VISITOR);
    const found = await accounts.sessionOf(token);
    expect(found?.account).toEqual(account);
    expect(found?.session).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      agent: VISITOR.agent,
      address: '192.0.2.7',
      createdAt: clock.now,
      seenAt: clock.now,
    });
    for (const wrong of ['', found?.session.id ?? '', `${token}x`, 'x'.repeat(100_000)])
      expect(await accounts.sessionOf(wrong)).toBeUndefined();
  });

  it('ends when it was not used for two weeks', async () => {
    const opened = await openedAccounts();
    const { accounts, clock } = opened;
    const token = await accounts.beginSession(await quicklyActive(opened), VISITOR);
    clock.now += SESSION_IDLE_MS - MINUTE;
    expect(await accounts.sessionOf(token)).toBeDefined();
    clock.now += SESSION_IDLE_MS - MINUTE;
    expect(await accounts.sessionOf(token)).toBeDefined();
    clock.now += SESSION_IDLE_MS + 1;
    expect(await accounts.sessionOf(token)).toBeUndefined();
  });

  it('ends after sixty days however much it is used', async () => {
    const opened = await openedAccounts();
    const { accounts, clock } = opened;
    const token = await accounts.beginSession(await quicklyActive(opened), VISITOR);
    const begun = clock.now;
    while (clock.now + DAY <= begun + SESSION_LONGEST_MS) {
      clock.now += DAY;
      expect(await accounts.sessionOf(token)).toBeDefined();
    }
    clock.now = begun + SESSION_LONGEST_MS + 1;
    expect(await accounts.sessionOf(token)).toBeUndefined();
  });

  it('is written as seen at most once a minute', async () => {
    const opened = await openedAccounts();
    const { accounts, clock, records } = opened;
    const account = await quicklyActive(opened);
    const token = await accounts.beginSession(account, VISITOR);
    const begun = clock.now;
    const before = records.version();
    clock.now += MINUTE - 1;
    for (let request = 0; request < 5; request += 1) await accounts.sessionOf(token);
    expect(records.version()).toBe(before);
    clock.now += 1;
    await accounts.sessionOf(token);
    expect((await accounts.sessions(account.id)).map(({ seenAt }) => seenAt)).toEqual([begun + MINUTE]);
  });

  it('can be ended one by one or all but one, by its own account alone', async () => {
    const opened = await openedAccounts();
    const { accounts } = opened;
    const anna = await quicklyActive(opened);
    const bea = await quicklyActive(opened, { email: 'bea@radio.example' });
    const tokens = [];
    for (let count = 0; count < 3; count += 1) tokens.push(await accounts.beginSession(anna, VISITOR));
    const others = await accounts.beginSession(bea, VISITOR);
    const [one = '', two = '', three = ''] = tokens;
    const idOf = async (token: string) => (await accounts.sessionOf(token))?.session.id ?? '';
    await accounts.endSession(bea.id, await idOf(one));
    expect(await accounts.sessionOf(one)).toBeDefined();
    await accounts.endSession(anna.id, await idOf(one));
    expect(await accounts.sessionOf(one)).toBeUndefined();
    await accounts.endOtherSessions(anna.id, await idOf(two));
    expect(await accounts.sessionOf(three)).toBeUndefined();
    expect(await accounts.sessionOf(two)).toBeDefined();
    expect(await accounts.sessionOf(others)).toBeDefined();
    expect(await accounts.sessions(anna.id)).toHaveLength(1);
  });

  it('shows at once what an admin changed about its account', async () => {
    const opened = await openedAccounts();
    const account = await quicklyActive(opened);
    const token = await opened.accounts.beginSession(account, VISITOR);
    await (await opened.again()).change(
      { ...opened.accounts.actorOf(account, 'command'), role: 'admin' },
      account.id,
      { shows: ['altra'] },
    );
    expect((await opened.accounts.sessionOf(token))?.account.shows).toEqual(['altra']);
  });
});
