// @ts-check

/** Room left between what sticks to the top and what is brought below it (px). */
const AIR = 24;

/** The height that a sticky player takes up at the top of the window, once it sticks there (px). */
export function headRoom() {
  let room = 0;
  for (const element of document.querySelectorAll('.episode-player-one, .episode .player.is-current')) {
    if (!(element instanceof HTMLElement)) continue;
    const { position, top } = getComputedStyle(element);
    if (position === 'sticky') room = Math.max(room, element.offsetHeight + (Number.parseFloat(top) || 0));
  }
  return room;
}

/** The height of the bar at the foot of the window (px). */
export const footRoom = () => document.getElementById('bar')?.offsetHeight ?? 0;

/**
 * Scrolls so that an element is in view below the sticky player, its beginning in the upper half; not at all when it is so already.
 * @param {Element} element @param {{ gently?: boolean }} [how] @returns {boolean} whether it scrolls
 */
export function bringIntoView(element, { gently = false } = {}) {
  const { top, bottom } = element.getBoundingClientRect();
  const head = headRoom() + AIR;
  const free = innerHeight - head - footRoom();
  const isInView = top >= head && (bottom <= head + free || top <= head + free / 2);
  if (isInView) return false;
  const still = !gently || matchMedia('(prefers-reduced-motion: reduce)').matches;
  scrollTo({ top: scrollY + top - head - free / 8, behavior: still ? 'instant' : 'smooth' });
  return true;
}
