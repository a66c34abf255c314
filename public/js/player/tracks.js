// @ts-check

/** @typedef {import('./engine.js').Track} Track */

/** What a row plays: its first sound, with those that follow it. @param {Element | null | undefined} element @returns {Track[]} */
export function rowTracks(element) {
  const text = element?.querySelector('[data-tracks]')?.getAttribute('data-tracks');
  return text ? JSON.parse(text) : [];
}
