import { z } from 'zod';
import type { Records } from '../records/records.ts';
import { appOfCrawler, feedAskedFor, MAIN_APPS } from './known-crawlers.ts';

export { feedAskedFor };

/**
 * Whether an app can know of an episode: its crawler has read a feed since, has not yet, or has never read
 * any.
 */
export type CrawlerVerdict = 'has-it' | 'not-yet' | 'never';

/**
 * What is known of an app. `readAt`: when its crawler last read one of the feeds; `every`: its usual interval
 * (ms).
 */
export type AppReading = { app: string; verdict: CrawlerVerdict; readAt?: number; every?: number };

/**
 * When the crawlers of directories and apps read the feeds. It holds nothing of any listener: no address, no
 * other program.
 */
export type CrawlerLog = {
  /** Called for every answer. An address that is not a feed costs next to nothing. */
  recordAnswer(url: string, userAgent: string | undefined, status: number): void;
  /**
   * Returns for each app whether it can know of an episode that is in these feeds (paths) since
   * `publishedAt`: the apps that have read one of them, and the main ones that never have. Empty while no
   * crawler has come.
   */
  appReadings(episode: { publishedAt: number }, feeds: readonly string[], now: number): Promise<AppReading[]>;
  /** Writes what is not written yet. */
  close(): Promise<void>;
};

type Reading = { app: string; feed: string; at: number; status: number };

/** Readings within this time (ms) are written together. */
const WRITES_EVERY = 10_000;
/** More than there are crawlers and shows: forged ones beyond it are not written. */
const MOST_WAITING = 2_000;
/** Requests within this time (ms) are one reading. */
const ONE_READING = 60_000;
/** The weight of the newest interval in an app's usual one. */
const NEWEST_COUNTS = 0.3;
const FACT = 'crawler-intervals';
const intervalsFact = z.record(z.string(), z.number());

/**
 * Returns whether an app can know of an episode that went out at `outAt`; its crawler last read the feed at
 * `readAt`.
 */
export function crawlerVerdict(readAt: number | undefined, outAt: number): CrawlerVerdict {
  if (readAt === undefined) return 'never';
  return readAt >= outAt ? 'has-it' : 'not-yet';
}

/**
 * Returns a log of crawlers in the records, written at most every ten seconds and by `close`. Each process
 * has its own log over the same records.
 */
export function createCrawlerLog({
  records,
  now = Date.now,
}: {
  records: Records;
  now?: () => number;
}): CrawlerLog {
  const waiting = new Map<string, Reading>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const readings = [...waiting.values()];
    waiting.clear();
    if (readings.length > 0)
      writing = writing
        .then(() => writeReadings(records, readings))
        .catch(() => {
          // On a busy database or a full disk this reading is lost; the next one of this crawler is enough.
        });
    return writing;
  };

  return {
    recordAnswer(url, userAgent, status) {
      const feed = feedAskedFor(url);
      if (feed === undefined || userAgent === undefined || !isRead(status)) return;
      const app = appOfCrawler(userAgent);
      if (app === undefined || waiting.size >= MOST_WAITING) return;
      waiting.set(`${app} ${feed}`, { app, feed, at: now(), status });
      timer ??= setTimeout(write, WRITES_EVERY).unref();
    },
    async appReadings({ publishedAt }, feeds, at) {
      if (feeds.length === 0) return [];
      await write();
      const rows = await records.db
        .selectFrom('crawler_reads')
        .select((select) => ['app', select.fn.max<number>('at').as('at')])
        .where('feed', 'in', [...feeds])
        .groupBy('app')
        .execute();
      if (rows.length === 0) return [];
      const intervals = await intervalsIn(records.db);
      const readAt = new Map(rows.map((row) => [row.app, row.at] as const));
      const apps = new Set([...readAt.keys(), ...MAIN_APPS]);
      const readings = [...apps].map((app): AppReading => {
        const [last, every] = [readAt.get(app), intervals[app]];
        // No app can have an episode that is not public yet.
        const verdict =
          last !== undefined && publishedAt > at ? 'not-yet' : crawlerVerdict(last, publishedAt);
        return {
          app,
          verdict,
          ...(last !== undefined && { readAt: last }),
          ...(every !== undefined && { every }),
        };
      });
      return readings.sort((a, b) => (b.readAt ?? 0) - (a.readAt ?? 0) || (a.app < b.app ? -1 : 1));
    },
    async close() {
      await write();
    },
  };
}

/** Returns whether the feed was sent, or the crawler has it already. */
const isRead = (status: number): boolean => status === 200 || status === 304;

async function intervalsIn(db: Records['db']): Promise<Record<string, number>> {
  const row = await db.selectFrom('facts').select('value').where('name', '=', FACT).executeTakeFirst();
  return row === undefined ? {} : intervalsFact.parse(JSON.parse(row.value));
}

function writeReadings(records: Records, readings: Reading[]): Promise<void> {
  return records.write(async (db) => {
    const intervals = await intervalsIn(db);
    for (const reading of readings) {
      const before = await db
        .selectFrom('crawler_reads')
        .select('at')
        .where('app', '=', reading.app)
        .where('feed', '=', reading.feed)
        .executeTakeFirst();
      const since = before === undefined ? 0 : reading.at - before.at;
      // Another process may have written a later reading.
      if (since < 0) continue;
      const usual = intervals[reading.app];
      if (since >= ONE_READING)
        intervals[reading.app] =
          usual === undefined ? since : Math.round(usual + NEWEST_COUNTS * (since - usual));
      await db
        .insertInto('crawler_reads')
        .values(reading)
        .onConflict((conflict) =>
          conflict.columns(['app', 'feed']).doUpdateSet({ at: reading.at, status: reading.status }),
        )
        .execute();
    }
    const value = JSON.stringify(intervals);
    await db
      .insertInto('facts')
      .values({ name: FACT, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  });
}
