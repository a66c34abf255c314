// @ts-check

/** A weight as the site writes it (src/site/view-models/durations.ts): `21 MB`. @param {number} bytes @returns {string} */
export function sizeText(bytes) {
  const units = /** @type {const} */ ([
    ['gigabyte', 1e9, 1],
    ['megabyte', 1e6, bytes < 1e7 ? 1 : 0],
    ['kilobyte', 1e3, 0],
  ]);
  const [unit, size, digits] = units.find(([, from]) => bytes >= from) ?? units[2];
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(bytes / size);
}

/** @param {number} share 0 to 1 @returns {string} `47%` */
export const percentText = (share) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' }).format(
    Math.floor(share * 100) / 100,
  );

/** A length as a rundown writes it: `21'46"`. @param {number} seconds @returns {string} */
export function lengthText(seconds) {
  const whole = Math.round(seconds);
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return `${hours > 0 ? `${hours}h ` : ''}${two(Math.floor((whole % 3600) / 60))}'${two(whole % 60)}"`;
}
