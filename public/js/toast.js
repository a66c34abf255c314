// @ts-check
import { clock } from './clock.js';
import { onPage } from './page.js';
import { drawTemplate, pageTexts } from './page-texts.js';
import { footRoom } from './scroll-into-view.js';

/** What the toast at the foot of the page is there for now. @type {'ready' | 'back' | 'done' | undefined} */
let shown;
/** What its button does. @type {() => void} */
let act = () => {};
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

onPage(() => {
  shown = undefined;
});

/**
 * Shows the toast: that the page is `ready` at a moment (with a button that plays), the way `back` to what sounds, or what was
 * `done`, which goes away by itself.
 * @param {'ready' | 'back' | 'done'} what
 * @param {{ seconds?: number, play?: () => void, back?: () => void, said?: string }} about
 */
export function showToast(what, { seconds = 0, play, back, said }) {
  const toast = drawTemplate('.strip');
  if (!toast) return;
  shown = what;
  act = play ?? back ?? (() => {});
  clearTimeout(timer);
  const status = toast.querySelector('.strip-said');
  toast.hidden = false;
  toast.style.setProperty('--foot', `${footRoom()}px`);
  for (const button of toast.querySelectorAll('button'))
    button.hidden = button.dataset.strip !== (what === 'ready' ? 'play' : what);
  const sentence =
    said ?? (what === 'ready' ? (pageTexts().ready ?? '').replace('{time}', clock(seconds)) : '');
  if (status instanceof HTMLElement) {
    status.hidden = sentence === '';
    // What is already there when it appears is not announced.
    requestAnimationFrame(() => {
      status.textContent = sentence;
    });
  }
  if (what === 'done') timer = setTimeout(() => hideToast('done'), 3000);
}

/** Hides the toast, if this is what it shows. @param {'ready' | 'back' | 'done'} what */
export function hideToast(what) {
  if (shown !== what) return;
  shown = undefined;
  const toast = document.querySelector('.strip');
  if (toast instanceof HTMLElement) toast.hidden = true;
}

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('.strip button')) act();
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && shown) hideToast(shown);
});
document.addEventListener('riascolta:time', (event) => {
  if (event instanceof CustomEvent && event.detail.playing) hideToast('ready');
});
