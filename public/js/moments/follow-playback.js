// @ts-check

import { onPage } from '../page.js';
import { bringIntoView } from '../scroll-into-view.js';
import { hideToast, showToast } from '../toast.js';
import { latest, segmentTimeline } from './marks.js';

/** Keys that scroll; a scroll soon after one of them, or after the scroll bar was taken, is the reader's own (ms). */
const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown', ' ']);
const SOON = 500;
/** A scroll of our own takes no longer (ms), where the browser does not say when it ends. */
const LONGEST_SCROLL = 1500;

let isFollowing = false;
/** What sounds. @type {{ segment: number, place: number }} */
let now = { segment: 0, place: 0 };
let ownScrollEnds = 0;
let handAt = Number.NEGATIVE_INFINITY;

/** Begins to keep in view what sounds, or leaves off. @param {number} segment @param {number} place (seconds) */
export function toggleFollowing(segment, place) {
  now = { segment, place };
  hideToast('back');
  setFollowing(!isFollowing);
}

/** @param {boolean} on */
function setFollowing(on) {
  isFollowing = on;
  showState();
  if (on) follow();
}

function showState() {
  for (const button of document.querySelectorAll('[data-act="follow"]'))
    button.setAttribute('aria-pressed', String(isFollowing));
}

/** The passage of the article; where it has none for the segment, the cue of the transcript, which is opened. */
function target() {
  const { segment, place } = now;
  const passages = segmentTimeline('passage', segment);
  if (passages.elements.length > 0) return latest(passages, place)?.element;
  const cues = segmentTimeline('cue', segment);
  const cue = latest(cues, place)?.element ?? cues.elements[0];
  const details = cue?.closest('details');
  if (details) details.open = true;
  return cue;
}

function follow() {
  const element = target();
  if (element && bringIntoView(element, { gently: true })) ownScrollEnds = performance.now() + LONGEST_SCROLL;
}

function letGo() {
  if (!isFollowing) return;
  setFollowing(false);
  showToast('back', {
    back: () => {
      hideToast('back');
      setFollowing(true);
    },
  });
}

/** @param {Event} event */
const isElsewhere = (event) =>
  !(event.target instanceof Element && event.target.closest('.player, #bar, dialog'));

document.addEventListener('riascolta:time', (event) => {
  if (event instanceof CustomEvent) now = event.detail;
});
document.addEventListener('riascolta:marked', (event) => {
  if (event instanceof CustomEvent) now = event.detail;
  if (isFollowing) follow();
});
document.addEventListener(
  'wheel',
  (event) => {
    if (isElsewhere(event) && !event.ctrlKey) letGo();
  },
  { passive: true },
);
document.addEventListener('touchmove', (event) => isElsewhere(event) && letGo(), { passive: true });
document.addEventListener('keydown', ({ key }) => {
  if (SCROLL_KEYS.has(key)) handAt = performance.now();
});
document.addEventListener('pointerdown', ({ target }) => {
  if (target === document.documentElement) handAt = performance.now();
});
document.addEventListener('scrollend', () => {
  ownScrollEnds = 0;
});
document.addEventListener('scroll', () => {
  const time = performance.now();
  if (time > ownScrollEnds && time - handAt < SOON) letGo();
});
onPage(showState);
