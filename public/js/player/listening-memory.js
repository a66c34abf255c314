// @ts-check
// What this device remembers of listening. Where nothing can be kept (private windows, sandboxes), nothing is.

const PLACES = 'riascolta:places';
const KEPT = 100;
/** Below this it was hardly begun (seconds), and this near its end it was heard. */
const BEGUN = 10;
const NEAR_END = 15;

/** @param {string} name @param {Storage} [store] @returns {unknown} */
export function readMemory(name, store) {
  try {
    return JSON.parse((store ?? localStorage).getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {string} name @param {unknown} value @param {Storage} [store] */
export function writeMemory(name, value, store) {
  try {
    (store ?? localStorage).setItem(name, JSON.stringify(value));
  } catch {
    // Full, or not allowed: it is only forgotten.
  }
}

/** @returns {[string, number][]} the sound's address and the place in it (seconds), the latest last */
function places() {
  const kept = readMemory(PLACES);
  return Array.isArray(kept) ? kept.filter((entry) => Array.isArray(entry) && entry[1] > 0) : [];
}

/** The same sound in another version has another fingerprint, and its place is kept. @param {string} src */
const nameOf = (src) => new URL(src, location.href).pathname.replace(/-[0-9a-f]{10}(?=\.\w+$)/, '');

/** Where a sound was left (seconds); 0 where it was not begun, or heard to its end. @param {string} src */
export function savedPosition(src) {
  const name = nameOf(src);
  return places().find((entry) => entry[0] === name)?.[1] ?? 0;
}

/** @param {string} src @param {number} place @param {number} length seconds, all */
export function savePosition(src, place, length) {
  const name = nameOf(src);
  const others = places().filter((entry) => entry[0] !== name);
  const isWorth = place > BEGUN && place < length - NEAR_END;
  writeMemory(PLACES, [...others, ...(isWorth ? [[name, Math.floor(place)]] : [])].slice(-KEPT));
}

/** @param {'speed' | 'volume'} what @param {number} least @param {number} most @returns {number} 1 where nothing is kept */
export function playerSetting(what, least, most) {
  const kept = readMemory(`riascolta:${what}`);
  return typeof kept === 'number' && kept >= least && kept <= most ? kept : 1;
}
