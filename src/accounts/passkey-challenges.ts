import type { AccountsContext } from './account-rows.ts';

/** A browser asks at once when the login page opens, and waits for somebody to choose (ms). */
const CHALLENGE_LASTS_MS = 10 * 60_000;
/** Anybody may request one, so beyond this number the oldest are deleted. */
const MOST_CHALLENGES = 2_000;

/** The challenges that passkeys sign. Each is valid once, for one account, for a short time. */
export type Challenges = {
  /** Stores a challenge; `null`: for logging in, when the account is not known yet. */
  keep(challenge: string, accountId: string | null): Promise<void>;
  /** Uses a challenge. Resolves with whether it was valid. */
  take(challenge: string, accountId: string | null): Promise<boolean>;
};

/** Returns the challenges of these records. */
export function openChallenges({ records, now }: AccountsContext): Challenges {
  return {
    keep: (challenge, accountId) =>
      records.write(async (db) => {
        const at = now();
        await db.deleteFrom('challenges').where('expires_at', '<=', at).execute();
        const oldest = db
          .selectFrom('challenges')
          .select('challenge')
          .where('account_id', 'is', null)
          .orderBy('expires_at', 'desc')
          .limit(-1)
          .offset(MOST_CHALLENGES - 1);
        await db.deleteFrom('challenges').where('challenge', 'in', oldest).execute();
        await db
          .insertInto('challenges')
          .values({ challenge, account_id: accountId, expires_at: at + CHALLENGE_LASTS_MS })
          .execute();
      }),
    async take(challenge, accountId) {
      const taken = await records.db
        .deleteFrom('challenges')
        .where('challenge', '=', challenge)
        .where('account_id', 'is', accountId)
        .where('expires_at', '>', now())
        .returning('challenge')
        .executeTakeFirst();
      return taken !== undefined;
    },
  };
}
