const TIME = /^(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,9}))?$/;

/**
 * Returns the seconds that `01:02:03.500`, `02:03.5` (hours may be left out: W3C, "WebVTT" §4.1) or `01:02:03,500` (SubRip)
 * says; `undefined` for what is no time.
 */
export function secondsOf(time: string): number | undefined {
  const parts = TIME.exec(time);
  if (parts === null) return undefined;
  const [, hours = '0', minutes, seconds, fraction = '0'] = parts;
  return wholeMilliseconds(
    Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`),
  );
}

/** Returns a moment (seconds) as cues write it, always with hours: `01:02:03.500`, SubRip with a comma. */
export function timeCode(seconds: number, point: '.' | ','): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60].map(two);
  return `${clock.join(':')}${point}${String(milliseconds % 1000).padStart(3, '0')}`;
}

/** Returns seconds without what is below a millisecond, in which all forms but JSON write them. */
export const wholeMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;
