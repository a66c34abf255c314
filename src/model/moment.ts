/**
 * Returns the seconds at which a media fragment begins: 252 for `#t=4:12`, `#t=252`, `#t=npt:00:04:12.0,300`
 * (W3C Media Fragments 1.0, section 4.2.1). `undefined` when the fragment names no moment.
 */
export function momentOf(fragment: string): number | undefined {
  const time = /(?:^|[#&])t=(?:npt:)?([^,&]*)/.exec(fragment)?.[1];
  if (time === undefined) return undefined;
  return secondsOf(time === '' ? '0' : time);
}

/** Returns the seconds that `4:12`, `1:04:12.5`, `252` or `252s` say; `undefined` for anything else. */
export function secondsOf(time: string): number | undefined {
  const parts = /^(?:(?:(\d{1,3}):)?(\d{1,2}):)?(\d{1,6}(?:\.\d+)?)s?$/.exec(time.trim());
  if (parts === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = parts;
  if (parts[2] !== undefined && (Number(seconds) >= 60 || (parts[1] !== undefined && Number(minutes) >= 60)))
    return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Returns `4:12` or `1:04:12` for seconds. */
export function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0(?=\d:)/, '');
}
