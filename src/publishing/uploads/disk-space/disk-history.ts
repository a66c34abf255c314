import { z } from 'zod';
import type { Records } from '../../../records/records.ts';

/** How much of the disk was in use on a day (UTC), in bytes. */
export type DiskDay = { day: string; used: number };

const NAME = 'disk-history';
const DAY_MS = 24 * 3_600_000;
const DAYS = 30;
/** The fewest days that tell a pace. */
const LEAST_DAYS = 3;
/** The longest estimate that is given (days). */
const LATEST_DAYS = 3_650;

const history = z.array(z.object({ day: z.string(), used: z.number() }));

/** Records how much of the disk is used today. Returns the last thirty days. */
export function recordDiskDay(records: Records, used: number, now: number): Promise<DiskDay[]> {
  const day = new Date(now).toISOString().slice(0, 10);
  return records.write(async (db) => {
    const row = await db.selectFrom('facts').select('value').where('name', '=', NAME).executeTakeFirst();
    const before = row === undefined ? [] : history.parse(JSON.parse(row.value));
    const days = [...before.filter((one) => one.day !== day), { day, used }].slice(-DAYS);
    const value = JSON.stringify(days);
    await db
      .insertInto('facts')
      .values({ name: NAME, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    return days;
  });
}

/**
 * Returns in how many days the disk is full at the pace of these days (a line of least squares); `undefined`
 * when they are too few, or the disk does not fill.
 */
export function fullInDays(days: DiskDay[], free: number): number | undefined {
  if (days.length < LEAST_DAYS) return undefined;
  const points = days.map(({ day, used }) => ({ at: Date.parse(day) / DAY_MS, used }));
  const meanAt = mean(points.map(({ at }) => at));
  const meanUsed = mean(points.map(({ used }) => used));
  const along = points.reduce((sum, { at, used }) => sum + (at - meanAt) * (used - meanUsed), 0);
  const pace = along / points.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const left = Math.floor(Math.max(0, free) / pace);
  return pace > 0 && left <= LATEST_DAYS ? left : undefined;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
