import ipaddr from 'ipaddr.js';
import { Refused } from '../model/problem.ts';
import type { Db } from '../records/records.ts';
import type { AccountsContext } from './account-rows.ts';
import { secretDigest } from './secrets.ts';

const MINUTE_MS = 60_000;

/**
 * How many attempts may fail without a wait, and how long the longest wait is: the first is a minute, each
 * further one twice as long. A network address has many people behind it.
 */
const RULES = {
  email: { free: 5, longest: 15 * MINUTE_MS },
  account: { free: 5, longest: 15 * MINUTE_MS },
  address: { free: 20, longest: 60 * MINUTE_MS },
};
/** Failures are forgotten after a day without one. */
const FORGOTTEN_MS = 24 * 60 * MINUTE_MS;

/** What attempts are counted for. */
export type Subject = { rule: keyof typeof RULES; name: string };

/** The subject for an e-mail address as typed, whether or not it has an account. Only its digest is kept. */
export const emailSubject = (email: string): Subject => ({ rule: 'email', name: secretDigest(email) });

/** The subject for a logged-in person who gives the password again. */
export const accountSubject = (id: string): Subject => ({ rule: 'account', name: id });

/** The subject for a network address; for IPv6 its network of 64 bits, which is what a household has. */
export function addressSubject(address: string): Subject {
  const name = ipaddr.isValid(address) ? networkOf(ipaddr.process(address)) : address;
  return { rule: 'address', name };
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address.kind() === 'ipv4') return address.toString();
  return `${ipaddr.fromByteArray(address.toByteArray().fill(0, 8)).toString()}/64`;
}

/** Counts failed attempts in the records, so that neither a restart nor another process forgets them. */
export type Throttle = {
  /**
   * Counts an attempt as failed before it is made, so that many at once are counted, too. Throws `Refused`
   * (`login-throttled`), and counts nothing, while one of the subjects has to wait.
   */
  admit(subjects: readonly Subject[]): Promise<void>;
  /** Records a success: the account's failures are deleted, the network address has one less. */
  forgive(subjects: readonly Subject[]): Promise<void>;
};

/** Returns the throttle that all processes of these records share. */
export function openThrottle({ records, now }: AccountsContext): Throttle {
  let cleanedAt = 0;
  return {
    admit: (subjects) =>
      records.write(async (db) => {
        const at = now();
        if (at - cleanedAt > FORGOTTEN_MS / 24) {
          cleanedAt = at;
          await db
            .deleteFrom('login_failures')
            .where('last_at', '<', at - FORGOTTEN_MS)
            .execute();
        }
        const counted = [];
        for (const subject of subjects) counted.push({ subject, count: await countOf(db, subject, at) });
        for (const { subject, count } of counted)
          await db
            .replaceInto('login_failures')
            .values({ subject: keyOf(subject), count: count + 1, last_at: at })
            .execute();
      }),
    forgive: (subjects) =>
      records.write(async (db) => {
        for (const subject of subjects) {
          if (subject.rule === 'address')
            await db
              .updateTable('login_failures')
              .set((row) => ({ count: row('count', '-', 1) }))
              .where('subject', '=', keyOf(subject))
              .where('count', '>', 0)
              .execute();
          else await db.deleteFrom('login_failures').where('subject', '=', keyOf(subject)).execute();
        }
      }),
  };
}

/** Returns how often a subject has failed recently. Throws `Refused` while it has to wait. */
async function countOf(db: Db, subject: Subject, at: number): Promise<number> {
  const row = await db
    .selectFrom('login_failures')
    .select(['count', 'last_at'])
    .where('subject', '=', keyOf(subject))
    .executeTakeFirst();
  if (row === undefined || at - row.last_at > FORGOTTEN_MS) return 0;
  const left = row.last_at + waitAfter(subject, row.count) - at;
  if (left > 0) throw new Refused('login-throttled', { minutes: String(Math.ceil(left / MINUTE_MS)) });
  return row.count;
}

function waitAfter({ rule }: Subject, failures: number): number {
  const { free, longest } = RULES[rule];
  return failures < free ? 0 : Math.min(longest, MINUTE_MS * 2 ** (failures - free));
}

const keyOf = ({ rule, name }: Subject): string => `${rule}:${name}`;
