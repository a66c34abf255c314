// @ts-check

import { onPage } from '../page.js';
import { openDeepLink, segmentPlayer } from './deep-link.js';
import { mark, unmark } from './marks.js';

/** @param {Event} event @param {string} selector @returns {HTMLElement | undefined} */
function hit(event, selector) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof HTMLElement ? found : undefined;
}

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  // A moment plays in its player; without one, or when a new tab is asked for, the link goes to the audio itself.
  const moment = hit(event, 'a[data-start]');
  const player = moment && segmentPlayer(Number(moment.dataset.segment));
  if (moment && player) {
    event.preventDefault();
    player.playFrom(Number(moment.dataset.start));
  }
  const address = hit(event, 'a.passage-address');
  if (address instanceof HTMLAnchorElement) {
    event.preventDefault();
    history.replaceState(history.state, '', address.href);
    void import('../sharing/copy-text.js').then(({ copyAddress }) => copyAddress(address.href));
  }
});

document.addEventListener('riascolta:time', (event) => {
  if (event instanceof CustomEvent) mark(event.detail.segment, event.detail.place);
});

document.addEventListener('riascolta:act', (event) => {
  if (!(event instanceof CustomEvent) || event.detail.act !== 'follow') return;
  const { segment, place } = event.detail;
  void import('./follow-playback.js').then(({ toggleFollowing }) => toggleFollowing(segment, place));
});

/** What is wanted only with a transcript that is open, or with a text that is selected. */
document.addEventListener(
  'toggle',
  (event) => hit(event, 'details.transcript[open]') && void loadTranscripts(),
  true,
);
onPage(() => {
  if (document.querySelector('details.transcript[open]')) void loadTranscripts();
});
document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  const within = selection?.anchorNode?.parentElement?.closest('.article');
  if (within && !selection?.isCollapsed) void import('./quote-selection.js');
});

async function loadTranscripts() {
  const { drawTranscripts } = await import('./transcript.js');
  drawTranscripts();
}

/** The page that was opened last, so that it is once. @type {HTMLElement | undefined} */
let opened;
let isReturn = performance
  .getEntriesByType('navigation')
  .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === 'back_forward');

function open() {
  if (opened === document.body) return;
  opened = document.body;
  void openDeepLink({ stay: isReturn });
}
open();
document.addEventListener('turbo:visit', (event) => {
  isReturn = event instanceof CustomEvent && event.detail.action === 'restore';
});
// After the page was rendered, and scrolled where Turbo would have it.
document.addEventListener('turbo:load', open);
document.addEventListener('turbo:before-cache', unmark);
addEventListener('hashchange', () => void openDeepLink());
