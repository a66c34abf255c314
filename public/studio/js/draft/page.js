// @ts-check
import { contentOfForm } from '../../../../src/studio/draft/draft-form.ts';
import { fill } from './words.js';

/**
 * @typedef {import('../../../../src/studio/draft/draft-view.ts').DraftPageData} DraftPageData
 * @typedef {import('../../../../src/studio/draft/draft-state.ts').DraftState} DraftState
 * @typedef {import('../../../../src/studio/draft/draft-state.ts').DraftDone} DraftDone
 * @typedef {import('../../../../src/publishing/drafts/draft.ts').DraftContent} DraftContent
 * @typedef {'changed' | 'saved' | 'state' | 'created' | 'sounds' | 'done' | 'gone'} News
 */

/**
 * The draft's page: its form, which holds all that is written, and what the server last said of it. What its parts tell each
 * other goes through here: `changed` (somebody wrote something), `saved`, `created` (the draft has an id now), `state` (the server
 * says something new), `sounds` (there are others to hear), `done`, `gone`.
 */
export class DraftPage {
  /** @param {HTMLFormElement} form @param {DraftPageData} data */
  constructor(form, data) {
    this.form = form;
    this.data = data;
    this.texts = data.texts;
    this.language = data.language;
    this.id = data.id;
    this.revision = data.state.revision;
    this.state = data.state;
    /** The server's clock is ahead by so much (ms). */
    this.ahead = data.now - Date.now();
    /** @type {Map<News, (() => void)[]>} */
    this.listeners = new Map();
  }

  now() {
    return Date.now() + this.ahead;
  }

  /** @param {News} news @param {() => void} act */
  on(news, act) {
    this.listeners.set(news, [...(this.listeners.get(news) ?? []), act]);
  }

  /** @param {News} news */
  tell(news) {
    for (const act of this.listeners.get(news) ?? []) act();
  }

  /** Returns the draft as the form says it, and which fields will not do. */
  content() {
    return contentOfForm(fieldsOfForm(new FormData(this.form)), this.data);
  }

  /** The draft has an address of its own now. @param {string} id @param {number} revision */
  becomes(id, revision) {
    this.id = id;
    this.setRevision(revision);
    this.form.action = `/studio/drafts/${id}`;
    history.replaceState(null, '', `/studio/drafts/${id}`);
    this.tell('created');
  }

  /** @param {number} revision */
  setRevision(revision) {
    this.revision = revision;
    this.field('revision', HTMLInputElement).value = String(revision);
  }

  /**
   * @template {HTMLElement} T
   * @param {string} name @param {new () => T} kind @returns {T}
   */
  field(name, kind) {
    const found = this.form.elements.namedItem(name);
    if (!(found instanceof kind)) throw new Error(`The form has no field ${name}`);
    return found;
  }

  /**
   * @template {Element} T
   * @param {string} selector @param {new () => T} kind @returns {T}
   */
  piece(selector, kind) {
    const found = document.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`);
    return found;
  }

  /** Says a sentence to readers of screens, once what was said before has been heard. @param {string} sentence */
  say(sentence) {
    const region = this.piece('[data-announce]', HTMLElement);
    region.textContent = '';
    setTimeout(() => {
      region.textContent = sentence;
    }, 50);
  }

  /**
   * Shows a message over the form until it is taken away; one of a kind at a time.
   * @param {string} kind @param {string} sentence @param {(Node)[]} [more] @param {'notice' | 'problem'} [look]
   */
  note(kind, sentence, more = [], look = 'notice') {
    this.dropNote(kind);
    const note = document.createElement('p');
    note.className = look;
    note.dataset.note = kind;
    if (look === 'problem') note.role = 'alert';
    note.append(sentence);
    for (const node of more) note.append(' ', node);
    this.piece('[data-notes]', HTMLElement).append(note);
    if (look !== 'problem') this.say(sentence);
    return note;
  }

  /** @param {string} kind */
  dropNote(kind) {
    document.querySelector(`[data-note="${kind}"]`)?.remove();
  }

  /** @param {string} words @param {() => void} act */
  button(words, act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button small';
    button.textContent = words;
    button.addEventListener('click', act);
    return button;
  }

  /** @param {string} words @param {string} address */
  link(words, address) {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = words;
    return link;
  }

  /** @param {string} sentence @param {Record<string, string | number>} values */
  fill(sentence, values) {
    return fill(sentence, values);
  }
}

/** @param {FormData} data @returns {import('../../../../src/studio/request/form.ts').FormFields} */
export function fieldsOfForm(data) {
  const all = (/** @type {string} */ name) =>
    data.getAll(name).map((value) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''));
  return {
    text: (name) => (all(name)[0] ?? '').trim(),
    all,
    ticked: (name) => data.has(name),
    names: () => [...new Set(data.keys())],
  };
}
