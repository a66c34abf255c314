const MONTHS = [
  ['gennaio', 'january', 'gen', 'jan'],
  ['febbraio', 'february', 'feb'],
  ['marzo', 'march', 'mar'],
  ['aprile', 'april', 'apr'],
  ['maggio', 'may', 'mag'],
  ['giugno', 'june', 'giu', 'jun'],
  ['luglio', 'july', 'lug', 'jul'],
  ['agosto', 'august', 'ago', 'aug'],
  ['settembre', 'september', 'set', 'sep', 'sett', 'sept'],
  ['ottobre', 'october', 'ott', 'oct'],
  ['novembre', 'november', 'nov'],
  ['dicembre', 'december', 'dic', 'dec'],
];
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const WRITTEN =
  /(\d{1,2})(?:º|°|st|nd|rd|th)?\s+(\p{L}{3,10})\.?,?\s+(\d{4})(?:\D{1,12}?(\d{1,2})[:.](\d{2})(?!\d))?/u;
const MONTH_FIRST = /(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/u;
const IN_FIGURES = /(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)(?:\D{1,12}?(\d{1,2})[:.](\d{2})(?!\d))?/;

/** Returns a machine's date as ISO 8601 (without an offset when it has none), or the empty string. */
export function isoDate(text: string): string {
  const iso = ISO.exec(text.trim());
  if (iso !== null) {
    const [, day = '', time, offset = ''] = iso;
    return isDay(day) ? (time === undefined ? day : `${day}T${time}${offset.toUpperCase()}`) : '';
  }
  // RFC 2822, and other forms with an offset.
  if (!/(?:GMT|UTC|Z|[+-]\d{4})\s*$/i.test(text)) return '';
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? '' : new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Returns the date in a text for people (`Martedì, 28 Gennaio 2025 10:05`, `28/01/2025`) as ISO 8601, or the empty string. */
export function writtenDate(text: string): string {
  const written = WRITTEN.exec(text);
  const monthFirst = MONTH_FIRST.exec(text);
  const figures = IN_FIGURES.exec(text);
  if (written !== null) {
    const date = dateOf(written[3], monthOf(written[2]), written[1], written[4], written[5]);
    if (date !== '') return date;
  }
  if (monthFirst !== null) {
    const date = dateOf(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
    if (date !== '') return date;
  }
  return figures === null ? '' : dateOf(figures[3], Number(figures[2]), figures[1], figures[4], figures[5]);
}

/** Returns the day in a blog's address (`/2025/01/30/titolo`), or the empty string. */
export function dateInAddress(address: string): string {
  const parts = /\/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)/.exec(URL.parse(address)?.pathname ?? '');
  return parts === null ? '' : dateOf(parts[1], Number(parts[2]), parts[3]);
}

const monthOf = (name = ''): number => MONTHS.findIndex((names) => names.includes(name.toLowerCase())) + 1;

function dateOf(year = '', month: number, day = '', hour?: string, minute?: string): string {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isDay(date)) return '';
  const isTime = hour !== undefined && minute !== undefined && Number(hour) < 24 && Number(minute) < 60;
  return isTime ? `${date}T${hour.padStart(2, '0')}:${minute}` : date;
}

/** Returns whether the day exists in the calendar and is not before the web. */
function isDay(day: string): boolean {
  const instant = Date.parse(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day) && day >= '1990' && day < '2200'
  );
}
