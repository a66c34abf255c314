// @ts-check
import { clock } from '../clock.js';
import { engine } from './engine.js';

/** When it goes silent: at a time (milliseconds since 1970), or at a place of what the engine plays (seconds). */
let at = Number.POSITIVE_INFINITY;
let place = Number.POSITIVE_INFINITY;
let chosen = '';

/** Goes silent after so many minutes, at the end of the segment or of the chapter; never, when empty. @param {string} when */
export function sleepAfter(when) {
  chosen = when;
  at = Number(when) > 0 ? Date.now() + Number(when) * 60_000 : Number.POSITIVE_INFINITY;
  place = Number.POSITIVE_INFINITY;
  // A breath before the end, so that what follows does not begin.
  const end = engine.length - 0.3;
  if (when === 'segment') place = end;
  if (when === 'chapter')
    place = engine.track?.chapters?.find(({ start }) => start > engine.place + 0.5)?.start ?? end;
  look();
}

function look() {
  const left = Math.min(
    (at - Date.now()) / 1000,
    Number.isFinite(place) ? (place - engine.place) / (engine.speed || 1) : Number.POSITIVE_INFINITY,
  );
  if (left <= 0) {
    engine.pause();
    sleepAfter('');
    return;
  }
  for (const select of document.querySelectorAll('[data-set="sleep"]'))
    if (select instanceof HTMLSelectElement) select.value = chosen;
  for (const said of document.querySelectorAll('[data-sleep]')) {
    const text = Number.isFinite(left)
      ? (said.getAttribute('data-sleep') ?? '').replace('{time}', clock(left))
      : '';
    if (said.textContent !== text) said.textContent = text;
  }
}

setInterval(() => chosen !== '' && look(), 1000);
engine.addEventListener('time', () => chosen !== '' && look());
engine.addEventListener('track', () => (chosen === 'segment' || chosen === 'chapter') && sleepAfter(''));
