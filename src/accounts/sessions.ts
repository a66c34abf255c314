import { Refused } from '../model/problem.ts';
import type { Db } from '../records/records.ts';
import { type AccountsContext, accountById, knownAccount } from './account-rows.ts';
import { type Account, SESSION_IDLE_MS, SESSION_LONGEST_MS, type Session, type Visitor } from './accounts.ts';
import { newSecret, secretDigest } from './secrets.ts';

/** How often a session's last use is recorded (ms), so that not every request writes. */
const SEEN_EVERY_MS = 60_000;
const LONGEST_TOKEN = 100;
const LONGEST_AGENT = 200;

export type Sessions = {
  begin(account: Account, visitor: Visitor): Promise<string>;
  find(token: string): Promise<{ account: Account; session: Session } | undefined>;
  list(accountId: string): Promise<Session[]>;
  end(accountId: string, sessionId: string): Promise<void>;
  endOthers(accountId: string, keep: string): Promise<void>;
};

/** Ends all sessions of an account, but for one. */
export async function endSessions(db: Db, accountId: string, keep?: string): Promise<void> {
  const all = db.deleteFrom('sessions').where('account_id', '=', accountId);
  await (keep === undefined ? all : all.where('id', '<>', keep)).execute();
}

/** Returns the sessions of these records. */
export function openSessions({ records, now }: AccountsContext): Sessions {
  const { db } = records;
  const idleSince = () => now() - SESSION_IDLE_MS;
  const begunSince = () => now() - SESSION_LONGEST_MS;
  /** When the clock is behind, an old write must not make a session look unused. */
  const see = (id: string, at: number) =>
    db.updateTable('sessions').set({ seen_at: at }).where('id', '=', id).where('seen_at', '<', at).execute();
  return {
    async begin(account, visitor) {
      const token = newSecret();
      const at = now();
      await records.write(async (within) => {
        // Somebody may have disabled it since the password was checked.
        const { disabledAt } = await accountById(within, account.id);
        if (disabledAt !== undefined) throw new Refused('login-wrong');
        await within
          .deleteFrom('sessions')
          .where((is) => is.or([is('seen_at', '<', idleSince()), is('created_at', '<', begunSince())]))
          .execute();
        await within
          .insertInto('sessions')
          .values({
            id: secretDigest(token),
            account_id: account.id,
            created_at: at,
            seen_at: at,
            agent: visitor.agent.slice(0, LONGEST_AGENT),
            address: visitor.address,
          })
          .execute();
      });
      return token;
    },
    async find(token) {
      if (token.length > LONGEST_TOKEN) return undefined;
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('id', '=', secretDigest(token))
        .where('seen_at', '>=', idleSince())
        .where('created_at', '>=', begunSince())
        .executeTakeFirst();
      const known = row && (await knownAccount(db, { id: row.account_id }));
      if (row === undefined || known === undefined || known.account.disabledAt !== undefined)
        return undefined;
      const at = now();
      // On a full disk people can still read what they wrote.
      if (at - row.seen_at >= SEEN_EVERY_MS) await see(row.id, at).catch(() => {});
      return { account: known.account, session: sessionOf(row) };
    },
    async list(accountId) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('seen_at', '>=', idleSince())
        .where('created_at', '>=', begunSince())
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map(sessionOf);
    },
    async end(accountId, sessionId) {
      await db
        .deleteFrom('sessions')
        .where('account_id', '=', accountId)
        .where('id', '=', sessionId)
        .execute();
    },
    endOthers: (accountId, keep) => endSessions(db, accountId, keep),
  };
}

const sessionOf = (row: {
  id: string;
  agent: string;
  address: string;
  created_at: number;
  seen_at: number;
}): Session => ({
  id: row.id,
  agent: row.agent,
  address: row.address,
  createdAt: row.created_at,
  seenAt: row.seen_at,
});
