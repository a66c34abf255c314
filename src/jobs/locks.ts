import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Records } from '../records/records.ts';
import { isGone, PROCESS_NAME } from './process-name.ts';

export type Lock = { release(): Promise<void> };

export type LockRequest = {
  records: Records;
  name: string;
  /** For how long the holder is asked to give the lock up (ms). */
  waits: number;
  /** Called repeatedly while somebody else wants the lock: whether it may be given up. */
  mayYield(): boolean;
  /** Called once, when the lock is to be given up or was lost: the work under it must end. */
  onYield(): void;
  now: () => number;
};

/**
 * A lock that is not renewed lapses after this (ms); at once when its process ran on this machine and is
 * gone.
 */
const HOLDS_MS = 20_000;
const RENEWS_MS = 5_000;
const LOOKS_MS = 150;
/** How long a request for the lock counts (ms). */
const ASKS_MS = 2_000;

/** Takes a lock across processes. Returns `undefined` when its holder does not give it up in time. */
export async function takeLock(request: LockRequest): Promise<Lock | undefined> {
  const holder = `${PROCESS_NAME}-${randomUUID()}`;
  const until = performance.now() + request.waits;
  while (!(await tryLock(request, holder))) {
    if (performance.now() >= until) return undefined;
    await sleep(LOOKS_MS);
  }
  return hold(request, holder);
}

async function tryLock(request: LockRequest, holder: string): Promise<boolean> {
  const { records, name, now } = request;
  const row = { holder, until: now() + HOLDS_MS, release_asked: 0 };
  const taken = await records.db
    .insertInto('locks')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row).where('locks.until', '<', now()))
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return true;
  const other = await records.db.selectFrom('locks').selectAll().where('name', '=', name).executeTakeFirst();
  if (other === undefined) return tryLock(request, holder);
  const theirs = records.db.updateTable('locks').where('name', '=', name).where('holder', '=', other.holder);
  if (isGone(other.holder)) {
    const { numUpdatedRows } = await theirs.set(row).executeTakeFirst();
    return numUpdatedRows === 1n;
  }
  if (now() - other.release_asked > ASKS_MS / 2) await theirs.set({ release_asked: now() }).execute();
  return false;
}

function hold({ records, name, mayYield, onYield, now }: LockRequest, holder: string): Lock {
  const own = () => records.db.updateTable('locks').where('name', '=', name).where('holder', '=', holder);
  let seen = '';
  let askedAt = 0;
  let isLost = false;
  let hasYielded = false;
  let renewedAt = performance.now();
  let looking: Promise<unknown> | undefined;

  async function look(): Promise<void> {
    const version = records.version();
    if (version !== seen) {
      seen = version;
      const row = await records.db
        .selectFrom('locks')
        .select(['holder', 'release_asked'])
        .where('name', '=', name)
        .executeTakeFirst();
      isLost = row?.holder !== holder;
      askedAt = row?.release_asked ?? 0;
    }
    const isAsked = now() - askedAt < ASKS_MS;
    if (!hasYielded && (isLost || (isAsked && mayYield()))) {
      hasYielded = true;
      onYield();
    }
    if (performance.now() - renewedAt < RENEWS_MS) return;
    renewedAt = performance.now();
    await own()
      .set({ until: now() + HOLDS_MS })
      .execute();
  }

  const timer = setInterval(() => {
    looking ??= look()
      // A busy database is asked again at the next look; the lock holds for longer than that.
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
  }, LOOKS_MS);

  return {
    async release() {
      clearInterval(timer);
      await looking;
      await records.db
        .deleteFrom('locks')
        .where('name', '=', name)
        .where('holder', '=', holder)
        .execute()
        // On a full disk it cannot be deleted, and lapses by itself.
        .catch(() => undefined);
    },
  };
}
