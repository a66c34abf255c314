/** Writes instants (milliseconds since 1970) on the station's clock, in a page's language. */
export type Dates = {
  /** `30 gennaio 2025` */
  day(instant: number): string;
  /** `30.01.25`, as a rundown has it. */
  short(instant: number): string;
  /** `giovedì 30 gennaio 2025 alle ore 14:05` */
  full(instant: number): string;
  /** `2025-01-30T14:05:00+01:00`, for machines. */
  iso(instant: number): string;
  year(instant: number): number;
};

const made = new Map<string, Dates>();

/**
 * Returns the writer for a language (BCP 47) and a time zone (IANA name). Each is made once, since Intl's
 * formats are expensive.
 */
export function datesIn(language: string, timezone: string): Dates {
  const key = `${language} ${timezone}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const dates = makeDates(language, timezone);
  made.set(key, dates);
  return dates;
}

function makeDates(pageLanguage: string, timeZone: string): Dates {
  // The day comes before the month, as is usual where these stations are.
  const language = pageLanguage === 'en' ? 'en-GB' : pageLanguage;
  const day = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' });
  const full = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'full', timeStyle: 'short' });
  const short = new Intl.DateTimeFormat(language, {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: '2-digit',
  });
  return {
    day: (instant) => day.format(instant),
    full: (instant) => full.format(instant),
    short: (instant) => short.format(instant).replaceAll('/', '.'),
    iso: (instant) =>
      Temporal.Instant.fromEpochMilliseconds(Math.floor(instant / 1000) * 1000)
        .toZonedDateTimeISO(timeZone)
        .toString({ timeZoneName: 'never', smallestUnit: 'second' }),
    year: (instant) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).year,
  };
}
