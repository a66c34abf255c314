// @ts-check
import { engine } from './engine.js';
import { queue, queued, setQueue } from './queue.js';

/** How long it is said (ms). */
const SHOWN = 6000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let ending;

queue.addEventListener('added', (event) => {
  if (!(event instanceof CustomEvent)) return;
  const [track, ...others] = event.detail;
  const said = document.getElementById('said');
  if (!said || !track) return;
  const { one = '', many = '' } = said.dataset;
  const sentence = others.length > 0 ? many : one;
  said.textContent = sentence
    .replace('{title}', track.title)
    .replace('{number}', String(others.length + 1))
    .replace('{count}', String(queued().length));
  clearTimeout(ending);
  ending = setTimeout(() => {
    said.textContent = '';
  }, SHOWN);
  if (engine.track) return;
  // A queue behind nothing would be out of sight: its first is put on, silent, and the bar is there.
  const [first, ...rest] = queued();
  if (!first) return;
  setQueue(rest);
  engine.load(first);
});
