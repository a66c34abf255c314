// @ts-check
import { pageTexts } from '../page-texts.js';
import { bringIntoView } from '../scroll-into-view.js';

/** What a turn says, folded, and its text nodes with where in it each begins. @typedef {{ text: string, nodes: { node: Text, from: number }[] }} Said */

/** Between the last key and the search (ms). */
const PAUSE = 120;
/** More are counted, but not marked. */
const MOST_MARKED = 2000;
const [ALL, NOW] = ['transcript-found', 'transcript-found-now'];
const canHighlight = 'highlights' in CSS;

/** Lower case without accents, character by character, so that places stay. @param {string} text */
const fold = (text) =>
  [text.toLowerCase(), text]
    .find(({ length }) => length === text.length)
    ?.replace(/[^\0-\x7f]/g, (letter) => letter.normalize('NFD')[0] ?? letter) ?? '';

/** Searches one transcript: counts, walks from hit to hit, and marks them. */
export class TranscriptFinder {
  /** @type {Said[] | undefined} */
  turns;
  /** @type {StaticRange[]} */
  hits = [];
  now = -1;
  asked = '';

  /** @param {HTMLElement} details @param {HTMLFormElement} form */
  constructor(details, form) {
    this.details = details;
    this.status = form.querySelector('.transcript-found');
    const field = form.querySelector('input');
    if (!field) return;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    field.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.find(field.value), PAUSE);
    });
    const step = (/** @type {number} */ by) => {
      clearTimeout(timer);
      if (this.find(field.value)) this.walk(by);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      step(1);
    });
    form.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('[data-find="-1"]')) step(-1);
    });
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.shiftKey) {
        event.preventDefault();
        step(-1);
      }
      if (event.key === 'Escape' && field.value !== '') {
        event.preventDefault();
        field.value = '';
        this.find('');
      }
    });
  }

  /** @param {string} text @returns {boolean} whether it was found already, before this */
  find(text) {
    const wanted = fold(text.normalize('NFC').replace(/\s+/g, ' ').trim());
    if (wanted === this.asked) return true;
    this.asked = wanted;
    this.hits = wanted === '' ? [] : this.said().flatMap((said) => hitsIn(said, wanted));
    this.now = -1;
    this.walk(1);
    this.mark();
    return false;
  }

  said() {
    this.turns ??= [...this.details.querySelectorAll('.turn-text')].map(saidIn);
    return this.turns;
  }

  /** @param {number} by 1 or -1 */
  walk(by) {
    const { length } = this.hits;
    if (length > 0) this.now = (Math.max(this.now, by > 0 ? this.now : 0) + by + length) % length;
    const hit = this.hits[this.now];
    if (canHighlight) CSS.highlights.set(NOW, new Highlight(...(hit ? [hit] : [])));
    const element = hit?.startContainer.parentElement?.closest('.cue, .turn');
    if (element) bringIntoView(element);
    this.count();
  }

  count() {
    if (!this.status) return;
    const { found = '', nothing = '' } = pageTexts();
    const counted = found.replace('{n}', String(this.now + 1)).replace('{of}', String(this.hits.length));
    const sentence = this.hits.length > 0 ? counted : nothing;
    this.status.textContent = this.asked === '' ? '' : sentence;
  }

  mark() {
    const marked = this.hits.slice(0, MOST_MARKED);
    if (canHighlight) {
      CSS.highlights.set(ALL, new Highlight(...marked));
      return;
    }
    for (const cue of this.details.querySelectorAll('.cue.is-found')) cue.classList.remove('is-found');
    for (const { startContainer } of marked)
      startContainer.parentElement?.closest('.cue')?.classList.add('is-found');
  }
}

/** @param {Element} element @returns {Said} */
function saidIn(element) {
  const nodes = [];
  let text = '';
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    nodes.push({ node, from: text.length });
    text += node.data;
  }
  return { text: fold(text.replace(/\s/g, ' ')), nodes };
}

/** @param {Said} said @param {string} wanted @returns {StaticRange[]} */
function hitsIn({ text, nodes }, wanted) {
  const hits = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const [start, end] = [at, at + wanted.length - 1].map((place) =>
      nodes.findLast(({ from }) => from <= place),
    );
    if (!start || !end) continue;
    // Live ranges would be kept up to date at each change of the page.
    hits.push(
      new StaticRange({
        startContainer: start.node,
        startOffset: at - start.from,
        endContainer: end.node,
        endOffset: at + wanted.length - end.from,
      }),
    );
  }
  return hits;
}
