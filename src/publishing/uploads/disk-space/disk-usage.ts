import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Records } from '../../../records/records.ts';
import type { DiskUsage } from '../upload.ts';
import { fullInDays, recordDiskDay } from './disk-history.ts';
import { readDisk } from './disk-space.ts';
import { type Measured, measureFolders } from './measure-folders.ts';

const NAME = 'disk-ledger';
/** How long a measurement is used (ms). */
const GOOD_MS = 10 * 60_000;
/** The longest wait for the first measurement (ms); after it, what was counted so far is shown. */
const WAITS_MS = 1_500;
const MOST_SHOWS = 20;

const PARTS = [
  'episodes',
  'uploads',
  'originals',
  'sounds',
  'pictures',
  'catalogue',
  'bin',
  'other',
] as const satisfies DiskUsage['parts'][number]['part'][];

const size = { bytes: z.number(), files: z.number() };
const stored = z.object({
  parts: z.array(z.object({ part: z.enum(PARTS), ...size })),
  shows: z.array(z.object({ show: z.string(), ...size })),
  measuredAt: z.number(),
});
type Stored = z.output<typeof stored>;

export type DiskUsageOptions = { records: Records; episodesDir: string; dataDir: string; now: () => number };

/**
 * Returns a reader of the disk usage. It is measured at most every ten minutes, for all processes together,
 * and in the background when there is an earlier measurement. `measuredAt` is 0 until the first one has
 * ended.
 */
export function diskUsageReader(options: DiskUsageOptions): () => Promise<DiskUsage> {
  const { records, episodesDir, now } = options;
  let measuring: Promise<Stored> | undefined;
  let underWay: Measured = { parts: new Map(), shows: new Map() };

  async function measure(): Promise<Stored> {
    const measured: Measured = { parts: new Map(), shows: new Map() };
    underWay = measured;
    await measureFolders(options, measured);
    const result = resultOf(measured, now());
    const value = JSON.stringify(result);
    await records.db
      .insertInto('facts')
      .values({ name: NAME, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    return result;
  }

  async function lastMeasure(): Promise<Stored> {
    const row = await records.db
      .selectFrom('facts')
      .select('value')
      .where('name', '=', NAME)
      .executeTakeFirst();
    const last = row && stored.parse(JSON.parse(row.value));
    if (last !== undefined && now() - last.measuredAt < GOOD_MS) return last;
    measuring ??= measure().finally(() => {
      measuring = undefined;
    });
    if (last === undefined)
      return Promise.race([measuring, sleep(WAITS_MS).then(() => resultOf(underWay, 0))]);
    // The next caller gets the result, or the error.
    measuring.catch(() => undefined);
    return last;
  }

  return async () => {
    const [measures, { total, free }] = [await lastMeasure(), await readDisk(episodesDir)];
    const left = fullInDays(await recordDiskDay(records, total - free, now()), free);
    return { total, free, ...measures, ...(left !== undefined && { fullInDays: left }) };
  };
}

function resultOf({ parts, shows }: Measured, measuredAt: number): Stored {
  const largest = [...shows].toSorted(([, one], [, other]) => other.bytes - one.bytes).slice(0, MOST_SHOWS);
  return {
    parts: PARTS.map((part) => ({ part, ...(parts.get(part) ?? { bytes: 0, files: 0 }) })),
    shows: largest.map(([show, measure]) => ({ show, ...measure })),
    measuredAt,
  };
}
