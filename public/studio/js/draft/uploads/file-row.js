// @ts-check
import { sizeText } from '../../../../../src/site/view-models/durations.ts';
import { fill, perCent, plural, roughTime } from '../words.js';

/**
 * @typedef {import('../../../../../src/studio/draft/draft-state.ts').UploadView} UploadView
 * @typedef {import('./sending.js').Sending} Sending
 */

/** A file in the page's list: a segment, or something beside it; in the folder, uploaded, or on its way. */
export class FileRow {
  /** @type {Sending | undefined} */
  sending;
  /** What the server says of it. @type {UploadView | undefined} */
  view;
  /** As it was chosen, as long as it is at hand. @type {File | undefined} */
  local;

  /** @param {HTMLElement} element @param {import('../page.js').DraftPage} page */
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.isSegment = element.dataset.row === 'segment';
    this.shown = '';
  }

  get file() {
    return this.element.dataset.file ?? '';
  }
  get upload() {
    return this.element.dataset.upload ?? '';
  }
  get name() {
    return this.element.dataset.name ?? '';
  }
  set name(name) {
    const before = this.name;
    this.element.dataset.name = name;
    this.part('[data-upload-name]').textContent = name;
    for (const labelled of this.element.querySelectorAll('[aria-label]'))
      labelled.setAttribute(
        'aria-label',
        (labelled.getAttribute('aria-label') ?? '').replace(before, () => name),
      );
  }

  /** @param {string} selector */
  part(selector) {
    const found = this.element.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`The row has no ${selector}`);
    return found;
  }

  /** The name that the file has in the episode. @param {string} file */
  setFile(file) {
    this.element.dataset.file = file;
    this.setField('file', file);
  }

  /** The upload that it comes from; only now the draft may name it. @param {string} id */
  setUpload(id) {
    this.element.dataset.upload = id;
    this.setField('upload', id);
    for (const field of this.fields()) field.disabled = id === '';
  }

  fields() {
    return [...this.element.querySelectorAll('input[name], select[name]')].filter(
      (field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement,
    );
  }

  /** @param {'file' | 'upload'} name @param {string} value */
  setField(name, value) {
    const field = this.element.querySelector(`[name="${this.isSegment ? 'segment' : 'file'}-${name}[]"]`);
    if (field instanceof HTMLInputElement) field.value = value;
  }

  /** Whether it still has to become ready. */
  get isUnderWay() {
    if (this.sending !== undefined && this.sending.is !== 'done') return this.sending.is !== 'refused';
    return this.view !== undefined && ['arriving', 'waiting', 'working'].includes(this.view.state);
  }

  /** Shows how far it is; nothing is touched that is right already. */
  show() {
    const { state, share, facts, problem, pause, again } = this.words();
    const shown = JSON.stringify([state, share, facts, problem, pause, again]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.element.dataset.state = this.kindOfState();
    this.part('[data-upload-state]').textContent = state;
    const bar = this.part('[data-upload-bar]');
    bar.hidden = share === undefined;
    if (bar instanceof HTMLProgressElement && share !== undefined) bar.value = share;
    const line = this.part('[data-upload-facts]');
    line.textContent = problem || facts;
    line.classList.toggle('problem-text', problem !== '');
    const pauseButton = this.part('[data-act="pause"]');
    pauseButton.hidden = pause === '';
    pauseButton.textContent = pause;
    const chooser = this.part('[data-upload-again]');
    chooser.hidden = again === '';
    this.part('[data-upload-again-words]').textContent = again;
    const insert = this.element.querySelector('[data-act="insert"]');
    if (insert instanceof HTMLElement)
      insert.hidden = this.view?.kind !== 'picture' || this.view.state !== 'ready';
  }

  kindOfState() {
    if (this.sending !== undefined && this.sending.is !== 'done')
      return this.sending.is === 'refused' ? 'refused' : 'arriving';
    return this.view?.state ?? 'folder';
  }

  words() {
    const { texts } = this.page;
    const nothing = {
      state: '',
      facts: '',
      problem: '',
      pause: '',
      again: '',
      share: /** @type {number | undefined} */ (undefined),
    };
    const { sending, view } = this;
    if (sending !== undefined && sending.is !== 'done') {
      const share = sending.file.size > 0 ? sending.sent / sending.file.size : 0;
      if (sending.is === 'refused') return { ...nothing, state: '', problem: sending.sentence };
      const passing = {
        queued: texts.beginning,
        waiting: texts.waitingForNetwork,
        paused: texts.paused,
        elsewhere: texts.elsewhere,
      };
      const said = sending.is in passing ? passing[/** @type {keyof typeof passing} */ (sending.is)] : '';
      return {
        ...nothing,
        share,
        state: perCent(share, texts.perCent),
        facts: [this.amount(sending.sent, sending.file.size), ...(said ? [said] : this.pace(sending))].join(
          ' · ',
        ),
        pause: sending.is === 'paused' ? texts.resume : texts.pause,
      };
    }
    if (view === undefined) return { ...nothing, state: this.part('[data-upload-state]').textContent ?? '' };
    if (view.problem !== '') return { ...nothing, state: view.stage, problem: view.problem };
    if (view.state === 'arriving') {
      const share = view.bytes > 0 ? view.received / view.bytes : 0;
      const so = perCent(share, texts.perCent);
      return {
        ...nothing,
        share,
        state: so,
        facts: this.amount(view.received, view.bytes),
        again: fill(texts.chooseAgain, { perCent: so }),
      };
    }
    if (view.state === 'ready') return { ...nothing, state: view.stage, facts: view.result };
    const left = view.secondsLeft === undefined ? [] : [this.left(view.secondsLeft)];
    const isWorking = view.state === 'working';
    return {
      ...nothing,
      share: isWorking ? view.progress : 1,
      state: isWorking ? perCent(view.progress, texts.perCent) : texts.uploaded,
      facts: [view.stage, ...left].join(' · '),
    };
  }

  /** @param {number} sent @param {number} total */
  amount(sent, total) {
    const { texts, language } = this.page;
    const [of, whole] = [sizeText(sent, language), sizeText(total, language)];
    // `186 di 238 MB`
    const unit = whole.replace(/^[\d.,\s]+/, '');
    const short = of.endsWith(unit) ? of.slice(0, -unit.length).trim() : of;
    return fill(texts.ofBytes, { sent: short, total: whole });
  }

  /** @param {Sending} sending */
  pace(sending) {
    const { texts, language } = this.page;
    if (sending.speed <= 0) return [];
    const left = sending.secondsLeft;
    return [
      fill(texts.perSecond, { speed: sizeText(sending.speed, language) }),
      ...(left === undefined ? [] : [this.left(left)]),
    ];
  }

  /** @param {number} seconds */
  left(seconds) {
    const { count, text } = roughTime(seconds, this.page.language);
    return plural(this.page.texts.left, count, this.page.language, { time: text });
  }
}
