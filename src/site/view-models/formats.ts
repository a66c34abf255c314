// Intl's formats cost more to make than a whole page to render, so each is made once.
const lists = new Map<string, Intl.ListFormat>();
const units = new Map<string, Intl.NumberFormat>();

/** Returns names in a row, by the rules of the language: `Gilberto, Irene e Marta`. */
export function listText(names: string[], language: string): string {
  let format = lists.get(language);
  if (format === undefined) {
    format = new Intl.ListFormat(language, { type: 'conjunction' });
    lists.set(language, format);
  }
  return format.format(names);
}

/**
 * Returns a quantity with its unit: in full (`21 minuti`) or short (`20 MB`), with this many digits behind
 * the point.
 */
export function unitText(
  value: number,
  { unit, display, digits = 0 }: { unit: string; display: 'long' | 'short'; digits?: number },
  language: string,
): string {
  const key = `${language} ${unit} ${display} ${digits}`;
  let format = units.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: display,
      maximumFractionDigits: digits,
    });
    units.set(key, format);
  }
  return format.format(value);
}
