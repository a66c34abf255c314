// @ts-check

import { PlayerControls } from './controls.js';
import { engine } from './engine.js';
import { playNext } from './queue.js';

/** What has a use of its own for keys. */
const TYPING =
  'input, select, textarea, [contenteditable], [role="listbox"], [role="option"], [role="combobox"], dialog, .menu[open]';
const PRESSED = 'a, button, summary, audio, video';

/** What keys are about: the sound that the engine has, else the page's first player. @returns {PlayerControls | undefined} */
function face() {
  const faces = [...document.querySelectorAll('riascolta-bar, riascolta-player')].filter(
    (each) => each instanceof PlayerControls,
  );
  return engine.track ? faces.find((each) => each.active) : faces.find((each) => each.track);
}

/** @type {Record<string, (face: PlayerControls) => void>} */
const KEYS = {
  k: (face) => face.toggle(),
  ' ': (face) => face.toggle(),
  j: (face) => face.moveTo(face.place - 15),
  l: (face) => face.moveTo(face.place + 30),
  ArrowLeft: (face) => face.moveTo(face.place - 5),
  ArrowRight: (face) => face.moveTo(face.place + 5),
  m: () => {
    engine.audio.muted = !engine.audio.muted;
    engine.tell('state');
  },
  '<': () => faster(-1),
  '>': () => faster(1),
  n: () => playNext(),
  s: (face) => face.act('share', face),
  f: (face) => face.leadsThroughText() && face.act('follow', face),
};

/** @param {1 | -1} way */
function faster(way) {
  const speeds = [...document.querySelectorAll('#bar [data-set="speed"] option')].map((option) =>
    Number(option.getAttribute('value')),
  );
  const next =
    way > 0 ? speeds.find((speed) => speed > engine.speed) : speeds.findLast((speed) => speed < engine.speed);
  if (next) engine.speed = next;
}

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  // `<`, `>` and `?` need the shift key on some keyboards.
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.shiftKey && !'<>?'.includes(key)) return;
  if (target instanceof Element && (target.closest(TYPING) || (key === ' ' && target.closest(PRESSED))))
    return;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (name === '?') {
    event.preventDefault();
    void import('./dialogs.js').then(({ openDialog }) => openDialog('keys'));
    return;
  }
  // Before anything sounds the space bar scrolls, as for every reader.
  if (name === ' ' && !engine.track) return;
  const found = face();
  if (!found) return;
  if (/^\d$/.test(name)) found.moveTo((Number(name) / 10) * found.length);
  else if (KEYS[name]) KEYS[name](found);
  else return;
  event.preventDefault();
});
