const SHAPE =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?\s*(?<offset>[zZ]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Returns the instant (milliseconds since 1970) that an ISO 8601 date names: `2025-01-30`, `2025-01-30 14:05`,
 * `2025-01-30T14:05:00+01:00`. Without an offset it is in the station's time zone; a day alone is its first moment there,
 * so that an episode dated today is public at once. `undefined` when the text is no date.
 */
export function instantOf(text: string, timezone: string): number | undefined {
  const groups = SHAPE.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;
  const { day, hour = '00', minute = '00', second = '00', offset } = groups;
  const local = `${day}T${hour.padStart(2, '0')}:${minute}:${second}`;
  try {
    if (offset !== undefined) return Temporal.Instant.from(local + withColon(offset)).epochMilliseconds;
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(timezone)
      .epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function withColon(offset: string): string {
  return offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').replace(/^([+-]\d{2})$/, '$1:00');
}

/** Returns the date at the head of a folder's name: `2025-01-30` of `2025-01-30-sputnik-moment`. */
export function dateInName(name: string): string | undefined {
  const found = /^(\d{4})-?(\d{2})-?(\d{2})(?=$|[^\d])/.exec(name);
  return found === null ? undefined : `${found[1]}-${found[2]}-${found[3]}`;
}

/** Returns the year that an instant (milliseconds since 1970) falls in, on the station's clock. */
export const yearOf = (instant: number, timezone: string): number => monthOf(instant, timezone).year;

/** Returns the year and month (from 1) that an instant (milliseconds since 1970) falls in, on the station's clock. */
export function monthOf(instant: number, timezone: string): { year: number; month: number } {
  const { year, month } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  return { year, month };
}

/** Returns whether the text names a time zone that this machine knows (IANA name). */
export function isTimezone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

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
