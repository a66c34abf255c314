// @ts-check

/**
 * Returns the instant (milliseconds since 1970) of a time on the station's clock, `2025-12-03T18:00`; undefined for no time.
 * @param {string} local @param {string} timeZone
 */
export function instantOn(local, timeZone) {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset belongs to the instant, which is known only with the offset: the second guess is right.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

/** @param {number} instant @param {string} timeZone @returns {number} ms ahead of UTC */
function offsetAt(instant, timeZone) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).formatToParts(instant);
  const of = (/** @type {string} */ type) => Number(parts.find((part) => part.type === type)?.value);
  return (
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) -
    Math.floor(instant / 1000) * 1000
  );
}

/** Returns the day on the station's clock: `2025-01-30`. @param {number} instant @param {string} timeZone */
export const dayOn = (instant, timeZone) =>
  new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10);

/**
 * Returns a time on the station's clock as somebody says it: `3 dicembre alle 18`.
 * @param {string} local @param {string} language @param {string} sentence `{day} alle {time}`
 */
export function spokenTime(local, language, sentence) {
  const instant = Date.parse(`${local}Z`);
  const tag = language === 'en' ? 'en-GB' : language;
  const day = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'long' }).format(
    instant,
  );
  const [, hour = '', minute = ''] = /T0?(\d{1,2}):(\d{2})/.exec(local) ?? [];
  return sentence.replace('{day}', day).replace('{time}', minute === '00' ? hour : `${hour}:${minute}`);
}
