// @ts-check
import { engine } from './engine.js';
import { readMemory, writeMemory } from './listening-memory.js';

/** @typedef {import('./engine.js').Track} Track */

const QUEUE = 'riascolta:queue';
const LONGEST = 200;

/** What is to be heard next, in order. */
export const queue = new EventTarget();

/** @returns {Track[]} */
export function queued() {
  const kept = readMemory(QUEUE);
  return Array.isArray(kept) ? kept.filter((track) => typeof track?.src === 'string') : [];
}

/** @param {Track[]} tracks */
export function setQueue(tracks) {
  writeMemory(QUEUE, tracks.slice(0, LONGEST));
  queue.dispatchEvent(new Event('change'));
}

/** Puts sounds first or last in the queue, where each is once. @param {Track[]} tracks @param {boolean} isFirst */
export function enqueue(tracks, isFirst) {
  const others = queued().filter(({ src }) => !tracks.some((track) => track.src === src));
  setQueue(isFirst ? [...tracks, ...others] : [...others, ...tracks]);
  queue.dispatchEvent(new CustomEvent('added', { detail: tracks }));
}

export const hasNext = () => (engine.track?.after?.length ?? 0) + queued().length > 0;

/** Goes on to the next segment of the same episode, else to the first of the queue. */
export function playNext() {
  const [next, ...after] = engine.track?.after ?? [];
  if (next) {
    engine.load({ ...next, after }, { play: true });
    return;
  }
  const [first, ...rest] = queued();
  if (!first) return;
  setQueue(rest);
  engine.load(first, { play: true });
}

engine.addEventListener('ended', () => {
  if (hasNext()) playNext();
});
// Another window may have changed it.
addEventListener('storage', ({ key }) => key === QUEUE && queue.dispatchEvent(new Event('change')));
