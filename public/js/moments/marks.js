// @ts-check

/** What of a segment begins when: seconds in order, and beside each what begins there. @typedef {{ starts: number[], elements: HTMLElement[] }} Line */
/** @typedef {'passage' | 'chapter' | 'cue'} Kind */

/** Media seek to a frame, which may begin a little before what was asked for (seconds). */
const EARLY = 0.25;

/** The lines of the present page, each read when it is first wanted. @type {Map<string, Line>} */
let lines = new Map();
/** @type {HTMLElement | undefined} */
let page;
/** What is marked. @type {Partial<Record<Kind, HTMLElement>>} */
let marked = {};

/** @param {Kind} kind @param {number} segment @returns {Line} */
export function segmentTimeline(kind, segment) {
  if (page !== document.body) {
    page = document.body;
    lines = new Map();
    marked = {};
  }
  const key = `${kind}${segment}`;
  const known = lines.get(key);
  if (known) return known;
  const beginnings = readLine(kind, segment).sort((one, other) => one.start - other.start);
  const line = {
    starts: beginnings.map(({ start }) => start),
    elements: beginnings.map(({ element }) => element),
  };
  lines.set(key, line);
  return line;
}

/** @param {Kind} kind @param {number} segment @returns {{ start: number, element: HTMLElement }[]} */
function readLine(kind, segment) {
  if (kind === 'passage')
    return all('.article .passage').flatMap((element) =>
      elementMoments(element).flatMap((moment) =>
        moment.segment === segment ? [{ start: moment.start, element }] : [],
      ),
    );
  const found =
    kind === 'cue' ? all(`#transcript-${segment + 1} .cue`) : all(`.chapters a[data-segment="${segment}"]`);
  return found.map((element) => ({ start: Number(element.dataset.start), element }));
}

/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => [...document.querySelectorAll(/** @type {'a'} */ (selector))];

/** The moments that a passage carries, the first of each segment. @param {HTMLElement} passage */
export function elementMoments(passage) {
  const numbers = (passage.dataset.moments ?? '').split(' ').map(Number);
  return numbers.flatMap((segment, index) =>
    index % 2 === 0 ? [{ segment, start: numbers[index + 1] ?? 0 }] : [],
  );
}

/** The last that began at or before the moment; its `end` is where the next begins. @param {Line} line @param {number} place */
export function latest({ starts, elements }, place) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= place + EARLY) low = middle + 1;
    else high = middle;
  }
  const element = elements[low - 1];
  return element && { element, start: starts[low - 1] ?? 0, end: starts[low] ?? Number.POSITIVE_INFINITY };
}

/**
 * Marks the passage, the chapter and the cue that belong to a moment; touches the page, and says so (`riascolta:marked`),
 * only when that are others than before.
 * @param {number} segment @param {number} place
 */
export function mark(segment, place) {
  let changed = false;
  for (const kind of /** @type {const} */ (['passage', 'chapter', 'cue'])) {
    const element = latest(segmentTimeline(kind, segment), place)?.element;
    const before = marked[kind];
    if (element === before) continue;
    changed = true;
    if (before) setMark(kind, before, false, element);
    if (element) setMark(kind, element, true, before);
    if (element) marked[kind] = element;
    else delete marked[kind];
  }
  if (changed) document.dispatchEvent(new CustomEvent('riascolta:marked', { detail: { segment, place } }));
}

/** @param {Kind} kind @param {HTMLElement} element @param {boolean} on @param {HTMLElement} [other] the one that is marked instead */
function setMark(kind, element, on, other) {
  if (kind !== 'cue') return current(element, on);
  element.classList.toggle('is-sounding', on);
  const turn = element.closest('.turn');
  if (turn && turn !== other?.closest('.turn')) current(turn.querySelector('.turn-head a'), on);
}

/** @param {Element | null} element @param {boolean} on */
function current(element, on) {
  if (on) element?.setAttribute('aria-current', 'true');
  else element?.removeAttribute('aria-current');
}

/** Takes every mark away. */
export function unmark() {
  for (const [kind, element] of Object.entries(marked)) setMark(/** @type {Kind} */ (kind), element, false);
  marked = {};
}
