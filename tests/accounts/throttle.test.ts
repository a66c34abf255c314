import { describe, expect, it } from 'vitest';
import {
  addressSubject,
  emailSubject,
  openThrottle,
  type Subject,
} from '../../src/accounts/login-throttle.ts';
import { DAY, HOUR, MINUTE, openedAccounts, refused } from './opened.ts';

/** A throttle, and what fails at it. */
async function opened() {
  const { records, clock } = await openedAccounts();
  const throttle = openThrottle({ records, now: () => clock.now });
  /** Fails as often as it may at this moment; returns how often that was. */
  const failAll = async (subject: Subject, most = 100) => {
    for (let count = 0; count < most; count += 1)
      if (
        !(await throttle.admit([subject]).then(
          () => true,
          () => false,
        ))
      )
        return count;
    return most;
  };
  /** Minutes that a subject has to wait now. */
  const wait = (subject: Subject) =>
    throttle.admit([subject]).then(
      () => 0,
      (error) => Number(error.problem.values.minutes),
    );
  return { throttle, records, clock, failAll, wait };
}

describe('the throttle', () => {
  it('lets waits grow, up to a quarter of an hour for an account', async () => {
    const { clock, failAll, wait } = await opened();
    const subject = emailSubject('anna@radio.example');
    expect(await failAll(subject)).toBe(5);
    const waits = [];
    for (let round = 0; round < 6; round += 1) {
      const minutes = await wait(subject);
      waits.push(minutes);
      clock.now += minutes * MINUTE - 1;
      expect(await wait(subject)).toBe(1);
      clock.now += 1;
      expect(await failAll(subject)).toBe(1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it('counts attempts that come at the same moment', async () => {
    const { throttle } = await opened();
    const subjects = [emailSubject('anna@radio.example'), addressSubject('192.0.2.7')];
    const many = await Promise.allSettled(Array.from({ length: 40 }, () => throttle.admit(subjects)));
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  it('holds back a network address that tries many accounts, and nobody else', async () => {
    const { throttle, failAll } = await opened();
    const address = addressSubject('192.0.2.7');
    let admitted = 0;
    for (let count = 0; count < 40; count += 1)
      admitted += await throttle.admit([emailSubject(`a${count}@radio.example`), address]).then(
        () => 1,
        () => 0,
      );
    expect(admitted).toBe(20);
    expect(await failAll(addressSubject('192.0.2.8'), 1)).toBe(1);
    // What was not admitted counts for nobody.
    expect(await failAll(emailSubject('a39@radio.example'))).toBe(5);
  });

  it('takes a network of IPv6 as one, and an IPv4 address however it is written', async () => {
    expect(addressSubject('2001:db8:1:2:3:4:5:6')).toEqual(addressSubject('2001:db8:1:2::9'));
    expect(addressSubject('2001:db8:1:2::9')).not.toEqual(addressSubject('2001:db8:1:3::9'));
    expect(addressSubject('::ffff:192.0.2.7')).toEqual(addressSubject('192.0.2.7'));
  });

  it('forgives the account that got in, and takes one failure from its address', async () => {
    const { throttle, failAll } = await opened();
    const subjects = [emailSubject('anna@radio.example'), addressSubject('192.0.2.7')];
    for (let count = 0; count < 30; count += 1) {
      await throttle.admit(subjects);
      await throttle.forgive(subjects);
    }
    expect(await failAll(emailSubject('anna@radio.example'))).toBe(5);
    expect(await failAll(addressSubject('192.0.2.7'))).toBe(20);
  });

  it('forgets after a day, and leaves nothing behind', async () => {
    const { throttle, records, clock, failAll } = await opened();
    const subject = emailSubject('anna@radio.example');
    await failAll(subject);
    clock.now += DAY + HOUR;
    expect(await failAll(subject)).toBe(5);
    clock.now += DAY + HOUR;
    await throttle.admit([addressSubject('192.0.2.9')]);
    expect(await records.db.selectFrom('login_failures').select('subject').execute()).toEqual([
      { subject: 'address:192.0.2.9' },
    ]);
  });

  it('keeps no e-mail address as it was typed', async () => {
    const { throttle, records } = await opened();
    await throttle.admit([emailSubject('my password by mistake')]);
    const rows = await records.db.selectFrom('login_failures').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('mistake');
    await expect(
      Promise.all(Array.from({ length: 6 }, () => throttle.admit([emailSubject('x')]))),
    ).rejects.toMatchObject(refused('login-throttled', { minutes: '1' }));
  });
});
