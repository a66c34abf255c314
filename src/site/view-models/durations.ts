import { listText, unitText } from './formats.ts';

const two = (value: number): string => String(value).padStart(2, '0');

function parts(seconds: number): { hours: number; minutes: number; rest: number } {
  const whole = Math.max(0, Math.round(seconds));
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), rest: whole % 60 };
}

/** Returns a length as a rundown writes it: `21'46"`, and `1h 04'09"` from an hour on. */
export function durationText(seconds: number): string {
  const { hours, minutes, rest } = parts(seconds);
  return `${hours > 0 ? `${hours}h ` : ''}${two(minutes)}'${two(rest)}"`;
}

/** Returns a moment as a clock shows it: `08:12`, and `1:04:09` from an hour on. Fractions are cut off. */
export function momentText(seconds: number): string {
  const { hours, minutes, rest } = parts(Math.floor(seconds));
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(rest)}`;
}

/** Returns an ISO 8601 duration, for schema.org and `<time datetime>`: `PT21M46S`. */
export function durationIso(seconds: number): string {
  const { hours, minutes, rest } = parts(seconds);
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest}S`;
}

/** Returns a length as somebody would speak it, in the given language: `21 minuti e 46 secondi`. */
export function spokenDuration(seconds: number, language: string): string {
  const { hours, minutes, rest } = parts(seconds);
  const counted: [number, string][] = [
    [hours, 'hour'],
    [minutes, 'minute'],
    [rest, 'second'],
  ];
  const said = counted.filter(([value]) => value > 0);
  const spoken = said.length > 0 ? said : counted.slice(-1);
  return listText(
    spoken.map(([value, unit]) => unitText(value, { unit, display: 'long' }, language)),
    language,
  );
}

/** Returns a file's size in the given language, in decimal units: `1.6 GB`, `20 MB`, `820 kB`. */
export function sizeText(bytes: number, language: string): string {
  if (bytes < 1_000_000) {
    const kilobytes = bytes === 0 ? 0 : Math.max(1, bytes / 1000);
    return unitText(kilobytes, { unit: 'kilobyte', display: 'short' }, language);
  }
  if (bytes >= 1_000_000_000) {
    return unitText(bytes / 1_000_000_000, { unit: 'gigabyte', display: 'short', digits: 1 }, language);
  }
  const digits = bytes < 10_000_000 ? 1 : 0;
  return unitText(bytes / 1_000_000, { unit: 'megabyte', display: 'short', digits }, language);
}
