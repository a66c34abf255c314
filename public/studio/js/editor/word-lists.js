// @ts-check
import { cssOf } from './pasted-styles.js';

/** Word writes a list as paragraphs that say in their style of which list and level they are. */
const LEVEL = /mso-list:\s*l\d+\s+level(\d+)/i;
const NUMBER = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i;

/** Makes lists of the paragraphs that Word means as such. @param {Element} body */
export function wordLists(body) {
  const items = [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')].filter((block) => levelOf(block) > 0);
  for (const item of items) {
    if (!item.isConnected) continue;
    /** @type {Element[]} */
    const run = [];
    for (
      let next = /** @type {Element | null} */ (item);
      next && items.includes(next);
      next = next.nextElementSibling
    )
      run.push(next);
    const place = item.ownerDocument.createElement('div');
    item.before(place);
    nest(run, place);
    place.replaceWith(...place.childNodes);
  }
}

/** @param {Element} block */
function levelOf(block) {
  return Number(LEVEL.exec(cssOf(block))?.[1] ?? 0);
}

/** @param {Element[]} run @param {Element} place */
function nest(run, place) {
  /** @type {{ level: number, list: Element }[]} */
  const open = [];
  for (const block of run) {
    const level = levelOf(block);
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const deepest = open.at(-1);
    const isNumbered = NUMBER.test(takeMarker(block));
    if (deepest === undefined || deepest.level < level) {
      const list = block.ownerDocument.createElement(isNumbered ? 'ol' : 'ul');
      (deepest?.list.lastElementChild ?? place).append(list);
      open.push({ level, list });
    }
    const item = block.ownerDocument.createElement('li');
    const text = block.ownerDocument.createElement('p');
    text.append(...block.childNodes);
    item.append(text);
    open.at(-1)?.list.append(item);
    block.remove();
  }
}

/** Takes the drawn bullet or number out of an item, and returns it. @param {Element} block */
function takeMarker(block) {
  const marker = [...block.querySelectorAll('[data-css]')].find((span) =>
    /mso-list:\s*ignore/i.test(cssOf(span)),
  );
  const text = marker?.textContent ?? '';
  marker?.remove();
  return text;
}
