// @ts-check
import { clock } from '../clock.js';
import { drawTemplate, pageTexts } from '../page-texts.js';
import { footRoom, headRoom } from '../scroll-into-view.js';
import { copyText, quotation } from '../sharing/copy-text.js';

/** @typedef {{ segment: number, seconds: number, id: string }} Moment */

const NOT_TEXT = '.player, .article-end, .share, .save, summary, .transcript-tools, .turn-head, .quoting';
const NOT_QUOTED = '.passage-mark, .turn-head, button, riascolta-player';
/** Until a selection is taken for done (ms), and between it and the toolbar (px). */
const SETTLED = 250;
const APART = { mouse: 8, touch: 36 };

/** What is selected and would be copied. @type {{ text: string, moment: Moment | undefined, range: Range } | undefined} */
let chosen;
/** Whether it was just copied, which the toolbar says for a moment. */
let isDone = false;
let isTouch = false;
let isPressed = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} [name] */
const toolbar = (name = '') => drawTemplate(`.quoting${name}`);

/** @param {Range} range @returns {Element | null} */
function firstElement({ startContainer, startOffset }) {
  const node = startContainer.childNodes[startOffset] ?? startContainer;
  return node instanceof Element ? node : node.parentElement;
}

/** The moment at or before the beginning of a selection: of its turn, its passage, or the passage before. @param {Range} range */
function momentBefore(range) {
  const element = firstElement(range);
  const turn = element?.closest('.turn');
  if (turn) {
    const link = turn.querySelector('.turn-head a');
    const start = element?.closest('.cue')?.getAttribute('data-start') ?? link?.getAttribute('data-start');
    const segment = turn.closest('.transcript')?.getAttribute('data-segment');
    return start ? { segment: Number(segment), seconds: Number(start), id: turn.id } : undefined;
  }
  const own = element?.closest('.passage');
  const isBefore = (/** @type {Node} */ node) => range.comparePoint(node, 0) < 0;
  const passage = own ?? [...document.querySelectorAll('.article .passage')].findLast(isBefore);
  const links = [...(passage?.querySelectorAll('a[data-start]') ?? [])];
  const link = links.findLast(isBefore) ?? links[0];
  if (!passage || !(link instanceof HTMLElement)) return undefined;
  return { segment: Number(link.dataset.segment), seconds: Number(link.dataset.start), id: passage.id };
}

/** @param {Range} range */
function textOf(range) {
  const copy = document.createElement('div');
  copy.append(range.cloneContents());
  for (const part of copy.querySelectorAll(NOT_QUOTED)) part.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function choose() {
  const bar = toolbar();
  if (!bar || isDone || bar.contains(document.activeElement)) return;
  const selection = getSelection();
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
  const element = range && firstElement(range);
  const isText = element?.closest('.article') && !element.closest(NOT_TEXT);
  const text = range && isText ? textOf(range) : '';
  if (!range || text === '') return hide();
  const isNew = text !== chosen?.text;
  chosen = { text, moment: momentBefore(range), range };
  show(bar, isNew);
}

/** @param {HTMLElement} bar @param {boolean} isNew */
function show(bar, isNew) {
  const { moment: sentence = '', page = '', hint = '' } = pageTexts();
  const { moment } = chosen ?? {};
  label(bar, moment ? sentence.replace('{time}', clock(moment.seconds)) : page);
  const field = bar.querySelector('textarea');
  if (field) field.hidden = true;
  bar.hidden = false;
  place(bar);
  if (isNew) tell(hint);
}

/** @param {HTMLElement} bar @param {string} text */
function label(bar, text) {
  const place = bar.querySelector('.quoting-words');
  if (place) place.textContent = text;
}

/** Beside the selection; on a phone on the lower edge, or on the upper one where it would cover what is selected. @param {HTMLElement} bar */
function place(bar) {
  const rect = chosen?.range.getBoundingClientRect();
  if (!rect) return;
  const { style, offsetHeight: height, offsetWidth: width } = bar;
  const foot = footRoom();
  const head = headRoom();
  const isFixed = getComputedStyle(bar).position === 'fixed';
  style.setProperty('--foot', `${foot}px`);
  const isAbove = isFixed && rect.bottom > innerHeight - foot - height;
  bar.classList.toggle('is-above', isAbove);
  style.top = isAbove ? `${head}px` : '';
  style.left = '';
  if (isFixed) return;
  const apart = isTouch ? APART.touch : APART.mouse;
  const above = rect.top - height - apart;
  // Where fingers select, the system's own menu is above.
  const top = isTouch || above < head ? rect.bottom + apart : above;
  style.top = `${top + scrollY}px`;
  style.left = `${Math.max(8, Math.min(rect.left, innerWidth - width - 8)) + scrollX}px`;
}

function hide() {
  clearTimeout(timer);
  isDone = false;
  chosen = undefined;
  const bar = toolbar();
  if (bar) bar.hidden = true;
  tell('');
}

/** @param {string} sentence */
function tell(sentence) {
  const said = toolbar('-said');
  if (said) said.textContent = sentence;
}

async function copy() {
  const bar = toolbar();
  if (!bar || !chosen) return;
  const { done = '', byHand = '' } = pageTexts();
  const text = quotation(chosen.text, chosen.moment);
  if (await copyText(text)) {
    tell(done);
    label(bar, done);
    isDone = true;
    setTimeout(hide, 2000);
    return;
  }
  const field = bar.querySelector('textarea');
  if (!field) return;
  tell(byHand);
  field.hidden = false;
  field.value = text;
  field.focus();
  field.select();
  place(bar);
}

function soon() {
  clearTimeout(timer);
  if (!isPressed) timer = setTimeout(choose, SETTLED);
}

document.addEventListener('selectionchange', soon);
document.addEventListener('pointerdown', ({ pointerType, target }) => {
  isTouch = pointerType === 'touch';
  isPressed = !isTouch && !(target instanceof Element && target.closest('.quoting'));
});
document.addEventListener('pointerup', () => {
  isPressed = false;
  soon();
});
document.addEventListener('mousedown', (event) => {
  // Else the selection would be gone before the button is pressed.
  if (event.target instanceof Element && event.target.closest('.quoting button')) event.preventDefault();
});
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('.quoting button')) void copy();
});
document.addEventListener('keydown', (event) => {
  const bar = toolbar();
  if (!bar || bar.hidden) return;
  if (event.key === 'Escape') hide();
  if (event.key !== 'Tab' || event.shiftKey || bar.contains(document.activeElement)) return;
  event.preventDefault();
  bar.querySelector('button')?.focus();
});
addEventListener('resize', () => {
  const bar = toolbar();
  if (bar && !bar.hidden) place(bar);
});
soon();
