import { instantOf } from '../../model/station-time.ts';

/** Returns an instant (milliseconds since 1970) as ISO 8601 on the station's clock: `2025-01-30T14:05:00+01:00`. */
export const dateWithOffset = (instant: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timezone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** Returns a date as it is written down, with the station's offset; what is no date comes back as it is. */
export function writtenDate(date: string, timezone: string): string {
  const instant = instantOf(date, timezone);
  return instant === undefined ? date : dateWithOffset(instant, timezone);
}
