// @ts-check
import { clock } from '../clock.js';
import { engine } from './engine.js';
import { queue, queued, setQueue } from './queue.js';

/** Opens the queue, or the list of keys; they are in the page's `#player-dialogs`. @param {'queue' | 'keys'} which */
export function openDialog(which) {
  const template = document.querySelector('#player-dialogs');
  if (!(template instanceof HTMLTemplateElement) || document.querySelector('dialog[open]')) return;
  const dialog = template.content.querySelector(`.${which}-dialog`)?.cloneNode(true);
  if (!(dialog instanceof HTMLDialogElement)) return;
  const shown = document.importNode(dialog, true);
  const ending = new AbortController();
  const leave = () => shown.close();
  document.addEventListener('turbo:before-cache', leave, { signal: ending.signal });
  shown.addEventListener('click', ({ target }) => {
    if (target === shown || (target instanceof Element && target.closest('.dialog-close'))) leave();
  });
  shown.addEventListener('close', () => {
    ending.abort();
    shown.remove();
  });
  if (which === 'queue') list(shown, ending.signal);
  document.body.append(shown);
  shown.showModal();
}

/** @param {HTMLDialogElement} dialog @param {AbortSignal} signal */
function list(dialog, signal) {
  const items = piece(dialog, '.queue-items');
  const row = dialog.querySelector('template')?.content.firstElementChild;
  if (!row) return;
  const draw = () => {
    const tracks = queued();
    items.replaceChildren(
      ...tracks.map((track, index) => {
        const item = /** @type {HTMLElement} */ (document.importNode(row, true));
        piece(item, '.queue-title').textContent = track.title;
        piece(item, '.queue-show').textContent = `${track.show} · ${clock(track.seconds)}`;
        for (const button of item.querySelectorAll('button')) {
          button.dataset.index = String(index);
          button.ariaLabel = `${button.ariaLabel}: ${track.title}`;
          button.disabled =
            (button.dataset.move === 'up' && index === 0) ||
            (button.dataset.move === 'down' && index === tracks.length - 1);
        }
        return item;
      }),
    );
    piece(dialog, '.queue-empty').hidden = tracks.length > 0;
    piece(dialog, '.queue-clear').hidden = tracks.length === 0;
  };
  draw();
  queue.addEventListener('change', draw, { signal });
  dialog.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    const { move, index = '0' } = button?.dataset ?? {};
    if (button?.matches('.queue-clear')) setQueue([]);
    if (!move) return;
    const at = Number(index);
    const tracks = queued();
    const [track] = tracks.splice(at, 1);
    if (!track) return;
    const to = move === 'up' ? at - 1 : move === 'down' ? at + 1 : -1;
    if (to >= 0) tracks.splice(to, 0, track);
    setQueue(tracks);
    if (move === 'play') {
      engine.load(track, { play: true });
      dialog.close();
      return;
    }
    // The focus goes with what was moved; after a removal, to what took its place.
    const rows = items.children;
    const next = rows[to >= 0 ? to : Math.min(at, rows.length - 1)];
    const same =
      next?.querySelector(`[data-move="${move}"]:not(:disabled)`) ??
      next?.querySelector('[data-move="remove"]');
    const focused = same ?? dialog.querySelector('.dialog-close');
    if (focused instanceof HTMLElement) focused.focus();
    piece(dialog, '.queue-said').textContent = to < 0 ? '' : `${track.title}: ${to + 1} / ${tracks.length}`;
  });
}

/** @param {ParentNode} parent @param {string} selector @returns {HTMLElement} */
function piece(parent, selector) {
  const found = parent.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The dialog has no ${selector}`);
  return found;
}
