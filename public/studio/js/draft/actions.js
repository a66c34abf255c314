// @ts-check

import { ask, NoAnswer, Refusal } from '../server.js';
import { entriesOf, forgetCopy, keepCopy } from './local-copy.js';
import { instantOn, spokenTime } from './station-clock.js';

/** @typedef {import('../../../../src/publishing/drafts/draft.ts').IntendedAction} IntendedAction */

/** Of a draft that has just begun. */
const FIRST_REVISION = 1;

/** Where what is missing is to be written. @type {Record<string, string>} */
const PLACES = {
  'title-missing': '#title',
  'show-missing': '#show',
  'sound-missing': '[data-choose]',
};

/** The bar at the foot: what will happen stands on its button. */
export class Actions {
  /**
   * @param {import('./page.js').DraftPage} page
   * @param {import('./saving.js').Saving} saving
   * @param {import('./uploads/uploads.js').Uploads} uploads
   * @param {import('./events.js').Events} events
   */
  constructor(page, saving, uploads, events) {
    this.page = page;
    this.saving = saving;
    this.uploads = uploads;
    this.events = events;
    this.main = page.piece('[data-main]', HTMLButtonElement);
    this.problem = page.piece('[data-problem]', HTMLElement);
    this.intent = page.piece('[data-intent]', HTMLElement);
    this.isBusy = false;
    /** The problem that was last said. */
    this.said = '';
    /** @type {IntendedAction | undefined} */
    this.asked = undefined;
    page.form.addEventListener('submit', (event) => this.submitted(event));
    page.form.addEventListener('change', () => this.show());
    page.on('changed', () => this.show());
    page.on('sounds', () => this.show());
    page.on('saved', () => {
      if (this.problem.textContent === page.texts.notSent) this.showProblem('');
    });
    page.on('state', () => this.stateCame());
    page.on('created', () => {
      page.piece('[data-sure]', HTMLElement).hidden = false;
    });
    page.on('done', () => this.finished());
    page.on('gone', () => location.assign('/studio'));
    this.show();
  }

  /** Whatever button sends the form; only the comparing of two texts really leaves the page. @param {SubmitEvent} event */
  submitted(event) {
    const button = event.submitter;
    if (button?.getAttribute('formaction')?.endsWith('/conflict')) return;
    event.preventDefault();
    if (!(button instanceof HTMLButtonElement)) return;
    const action = button.dataset.submit;
    if (action === 'publish' || action === 'review' || action === 'save') this.submit(action);
    else if (button.dataset.hold !== undefined) this.hold();
    else if (button.dataset.discard !== undefined) this.discard();
    else if (button.value === 'save') this.saving.flush().catch(() => {});
  }

  get isScheduled() {
    const { when, date } = this.date();
    const instant = when === 'at' ? instantOn(date, this.page.data.timezone) : undefined;
    return instant !== undefined && instant > this.page.now();
  }

  date() {
    return {
      when: this.page.field('when', HTMLSelectElement).value,
      date: this.page.field('date', HTMLInputElement).value,
    };
  }

  /** @returns {{ action: IntendedAction, words: string }} */
  wanted() {
    const { data, texts, language } = this.page;
    const words = texts.main;
    const isReady = this.uploads.isReady;
    const slug = this.page.form.elements.namedItem('show');
    const show = slug instanceof HTMLInputElement || slug instanceof HTMLSelectElement ? slug.value : '';
    const chosen = data.shows.find((each) => each.slug === show);
    const mayPublish = chosen?.mayPublish ?? data.shows.some((each) => each.mayPublish);
    if (!mayPublish) return { action: 'review', words: isReady ? words.review : words.reviewWhenReady };
    if (data.status === 'published')
      return { action: 'publish', words: isReady ? words.publishChanges : words.publishChangesWhenReady };
    if (this.isScheduled) {
      const date = spokenTime(this.date().date, language, texts.dateAndTime);
      return { action: 'publish', words: this.page.fill(words.schedule, { date }) };
    }
    return { action: 'publish', words: isReady ? words.publish : words.publishWhenReady };
  }

  show() {
    const { action, words } = this.wanted();
    const { intent, isWriting } = this.page.state;
    if (this.main.textContent !== words) this.main.textContent = words;
    this.main.dataset.submit = action;
    this.main.hidden = intent !== undefined;
    this.intent.hidden = intent === undefined;
    if (intent === undefined) return;
    const { texts } = this.page;
    const sentence = isWriting
      ? texts.working
      : intent.waits
        ? texts.intent.waits
        : texts.intent[intent.action];
    const place = this.page.piece('[data-intent-words]', HTMLElement);
    if (place.textContent !== sentence) {
      place.textContent = sentence;
      this.page.say(sentence);
    }
    this.page.piece('[data-hold]', HTMLButtonElement).hidden = isWriting;
  }

  stateCame() {
    const { state, texts } = this.page;
    this.show();
    if (state.problem !== this.said) {
      this.said = state.problem;
      this.showProblem(state.problem, state.folderChanged);
    }
    const isNews =
      state.revision > this.page.revision && !this.saving.isDirty && this.saving.underWay === undefined;
    if (!isNews || state.byMe) return;
    this.page.note('changed-elsewhere', this.page.fill(texts.changedElsewhere, { name: state.updatedBy }), [
      this.page.button(texts.reload, () => location.reload()),
    ]);
  }

  /** @param {string} sentence @param {boolean} [folderChanged] */
  showProblem(sentence, folderChanged = false) {
    this.problem.textContent = sentence;
    if (sentence !== '') this.page.say(sentence);
    if (!folderChanged) return;
    this.problem.append(
      ' ',
      this.page.link(this.page.texts.compare, `/studio/drafts/${this.page.id}/folder`),
    );
  }

  /** @param {IntendedAction} action */
  async submit(action) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.showProblem('');
    try {
      await this.saving.flush();
      this.asked = action;
      const { revision } = await ask('POST', `/studio/drafts/${this.page.id}/submit`, {
        revision: this.page.revision,
        action,
      });
      this.page.setRevision(revision);
      this.page.state = { ...this.page.state, intent: { action, byName: '', waits: false } };
      this.show();
      this.page.piece('[data-hold]', HTMLButtonElement).focus();
    } catch (error) {
      this.failed(error);
    }
    this.isBusy = false;
  }

  /** @param {unknown} error */
  failed(error) {
    if (error instanceof NoAnswer) return this.showProblem(this.page.texts.notSent);
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'draft-conflict') return this.saving.meet(error.answer);
    this.showProblem(error.sentence, error.code === 'folder-changed');
    const place = document.querySelector(PLACES[error.code] ?? '[data-main]');
    if (place instanceof HTMLElement) place.focus();
  }

  async hold() {
    try {
      const { revision } = await ask('POST', `/studio/drafts/${this.page.id}/hold`);
      this.page.setRevision(revision);
      const { intent: _, ...rest } = this.page.state;
      this.page.state = rest;
      this.show();
      this.main.focus();
    } catch (error) {
      this.failed(error);
    }
  }

  async discard() {
    try {
      this.saving.end();
      await ask('POST', `/studio/drafts/${this.page.id}/discard`);
      location.assign('/studio');
    } catch (error) {
      this.failed(error);
    }
  }

  /** It is written: says so, and leads on. */
  finished() {
    const { done } = this.events;
    if (done === undefined) return;
    const { texts, language, form } = this.page;
    const title = this.page.field('title', HTMLInputElement).value;
    const action = this.page.state.intent?.action ?? this.asked ?? 'save';
    const isLater = action === 'publish' && this.isScheduled;
    const date = isLater ? spokenTime(this.date().date, language, texts.dateAndTime) : '';
    const sentence = this.page.fill(texts.done[isLater ? 'schedule' : action], { title, date });
    const own = `/studio/episodes/${done.episode.split('/').map(encodeURIComponent).join('/')}`;
    const address = action === 'publish' && !isLater ? done.address : own;
    const link = this.page.link(texts.openPage, address);
    link.className = 'button primary';
    for (const kind of ['changed-elsewhere', 'imported', 'restored', 'skipped', 'upload'])
      this.page.dropNote(kind);
    const note = this.page.note('done', sentence, [link]);
    note.classList.add('done');
    form.classList.add('is-done');
    for (const part of form.querySelectorAll('.draft-main, .draft-side, .foot-buttons'))
      part.setAttribute('inert', '');
    note.scrollIntoView({ block: 'nearest' });
    link.focus();
    if (this.saving.isDirty) this.offerTheRest(own);
  }

  /** What was written while the folder was being written goes into a draft that begins from it. @param {string} episode */
  offerTheRest(episode) {
    const { texts, form } = this.page;
    const entries = entriesOf(form);
    const reopen = async () => {
      const answer = await fetch(`${episode}/edit`, { method: 'POST' }).catch(() => undefined);
      const id = /\/studio\/drafts\/([0-9a-f-]{36})$/.exec(answer?.url ?? '')?.[1];
      if (id === undefined) return this.showProblem(texts.notSent);
      keepCopy(id, { revision: FIRST_REVISION, at: Date.now(), entries });
      forgetCopy(this.page.id);
      location.assign(`/studio/drafts/${id}`);
    };
    this.page.note('rest', texts.tooLate, [this.page.button(texts.reopen, reopen)], 'problem');
  }
}
