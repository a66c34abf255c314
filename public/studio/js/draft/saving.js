// @ts-check
import { sameContent } from '../../../../src/studio/draft/draft-form.ts';
import { ask, NoAnswer, Refusal } from '../server.js';
import { entriesOf, forgetCopy, keepCopy } from './local-copy.js';
import { savingSentence, showSaving } from './saving-status.js';

/** How long after the last change it is saved, and how long at most after the first (ms). */
const QUIET_MS = 2_000;
const LONGEST_MS = 8_000;
const COPY_MS = 300;
/** How long it waits before it tries again (ms). */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Saves by itself. `saved`: the server has everything. `offline`: it is kept here, and tried again. `refused`: one value has to
 * change first. `conflict`: somebody else was faster; `out`: nobody is logged in. Whatever it is, a copy is kept here.
 * @typedef {'saved' | 'unsaved' | 'saving' | 'offline' | 'refused' | 'conflict' | 'out'} SavingState
 */
export class Saving {
  /** @param {import('./page.js').DraftPage} page */
  constructor(page) {
    this.page = page;
    /** @type {SavingState} */
    this.is = 'saved';
    this.savedAt = page.id === undefined ? undefined : page.state.updatedAt;
    this.reason = '';
    this.hasCopy = true;
    this.failures = 0;
    /** Counts the changes; `kept` is the last that the server has. */
    this.changes = 0;
    this.kept = 0;
    /** Contents that were sent and never answered: the server may have them. @type {import('./page.js').DraftContent[]} */
    this.inDoubt = [];
    /** @type {Promise<void> | undefined} */
    this.underWay = undefined;
    this.firstChangeAt = 0;
    this.wrong = '';
    /** The trouble that was last said. @type {SavingState | undefined} */
    this.said = undefined;
    this.isOver = false;
    page.on('done', () => this.end());
    page.on('gone', () => this.end());
    page.on('changed', () => this.changed());
    addEventListener('online', () => this.is === 'offline' && this.save());
    addEventListener('keydown', (event) => {
      // Whoever is used to saving by hand does so.
      if (
        event.key.toLowerCase() !== 's' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      if (this.isDirty)
        this.flush().then(
          () => page.say(page.texts.announceSaved),
          () => {},
        );
    });
    addEventListener('pagehide', () => this.leave());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.leave();
      // Whoever logged in again in another tab comes back to this one.
      else if (this.is === 'out' || this.is === 'offline') this.save();
    });
    setInterval(() => this.show(), 1_000);
  }

  /** The draft is no more: nothing goes to it any longer. */
  end() {
    this.isOver = true;
    this.page.piece('[data-saving]', HTMLElement).textContent = '';
    clearTimeout(this.timer);
  }

  get isDirty() {
    return this.changes > this.kept;
  }

  changed() {
    if (!this.isDirty) this.firstChangeAt = Date.now();
    this.changes += 1;
    clearTimeout(this.copyTimer);
    this.copyTimer = setTimeout(() => this.copy(), COPY_MS);
    if (this.is === 'conflict') return;
    if (this.is !== 'offline' && this.is !== 'out') this.set('unsaved');
    const longest = this.firstChangeAt + LONGEST_MS - Date.now();
    this.plan(Math.max(0, Math.min(QUIET_MS, longest)));
  }

  /** @param {number} ms */
  plan(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  copy() {
    if (!this.isDirty) return;
    const { form, id, revision } = this.page;
    this.hasCopy = keepCopy(id, { revision, at: Date.now(), entries: entriesOf(form) });
    this.show();
  }

  /** Resolves when the server has all that is written; rejects with why it has not. */
  async flush() {
    clearTimeout(this.timer);
    while (this.isDirty || this.page.id === undefined) {
      await this.save();
      if (this.is !== 'saved' && this.is !== 'unsaved') throw this.lastError ?? new NoAnswer();
    }
  }

  /** The draft gets its id, where it has none: files need one to go to. */
  async ensureDraft() {
    while (this.page.id === undefined) {
      await this.save();
      if (this.page.id !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS[Math.min(this.failures, 4)]));
    }
    return this.page.id;
  }

  /** @returns {Promise<void>} */
  async save() {
    if (this.underWay !== undefined) {
      await this.underWay;
      return this.isDirty && this.is === 'unsaved' ? this.save() : undefined;
    }
    await this.start(false);
  }

  /** One at a time: each has to know the revision that the one before has made. @param {boolean} isLeaving */
  start(isLeaving) {
    this.underWay = this.send(isLeaving).finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  /** @param {boolean} isLeaving */
  async send(isLeaving) {
    if (this.is === 'conflict' || this.isOver) return;
    clearTimeout(this.timer);
    const { page } = this;
    const count = this.changes;
    const { content, wrong } = page.content();
    this.wrong = wrong[0] ?? '';
    if (this.is !== 'offline' && this.is !== 'out') this.set('saving');
    try {
      const { revision, savedAt, id } =
        page.id === undefined
          ? await ask('POST', '/studio/drafts', { content }, { isLeaving })
          : await ask(
              'PUT',
              `/studio/drafts/${page.id}`,
              { revision: page.revision, content },
              { isLeaving },
            );
      this.arrived(count, savedAt);
      if (page.id === undefined) {
        forgetCopy(undefined);
        page.becomes(id, revision);
      } else page.setRevision(revision);
      page.tell('saved');
    } catch (error) {
      this.failed(error, content);
    }
  }

  /** @param {number} count @param {number} savedAt */
  arrived(count, savedAt) {
    this.kept = Math.max(this.kept, count);
    this.savedAt = savedAt;
    this.failures = 0;
    this.inDoubt = [];
    this.lastError = undefined;
    if (this.isDirty) {
      this.firstChangeAt = Date.now();
      this.set('unsaved');
      this.plan(QUIET_MS);
      return;
    }
    forgetCopy(this.page.id);
    this.set('saved');
  }

  /** @param {unknown} error @param {import('./page.js').DraftContent} content */
  failed(error, content) {
    this.lastError = error;
    this.copy();
    if (error instanceof NoAnswer) {
      this.inDoubt = [...this.inDoubt, content].slice(-8);
      const wait = AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)] ?? 15_000;
      this.failures += 1;
      this.set('offline');
      this.plan(wait);
    } else if (error instanceof Refusal && error.code === 'draft-conflict') this.meet(error.answer);
    else if (error instanceof Refusal && error.status === 401) this.set('out');
    else if (error instanceof Refusal) {
      this.reason = error.sentence;
      this.set('refused');
      if (error.status >= 500) this.plan(15_000);
    } else throw error;
  }

  /**
   * Somebody saved since. That may have been we ourselves, when an answer was lost on its way.
   * @param {{ revision: number, byName: string, byMe: boolean, content: import('./page.js').DraftContent }} theirs
   */
  meet(theirs) {
    const { page } = this;
    if (this.inDoubt.some((sent) => sameContent(sent, theirs.content))) {
      page.setRevision(theirs.revision);
      this.inDoubt = [];
      this.set('unsaved');
      this.plan(0);
      return;
    }
    this.set('conflict');
    page.dropNote('changed-elsewhere');
    const compare = document.createElement('button');
    compare.className = 'button small';
    compare.textContent = page.texts.compare;
    compare.setAttribute('form', page.form.id);
    compare.setAttribute('formaction', `/studio/drafts/${page.id}/conflict`);
    const sentence = theirs.byMe
      ? page.texts.conflictSelf
      : page.fill(page.texts.conflict, { name: theirs.byName });
    page.note('conflict', sentence, [compare], 'problem');
  }

  leave() {
    this.copy();
    const isWaiting = this.isDirty && this.is !== 'conflict' && this.underWay === undefined;
    if (isWaiting && this.page.id !== undefined) this.start(true);
  }

  /** @param {SavingState} is */
  set(is) {
    const was = this.is;
    this.is = is;
    this.show();
    const isTrouble = is === 'offline' || is === 'out' || is === 'refused';
    if (isTrouble && was !== is && !(was === 'saving' && this.said === is))
      this.page.say(savingSentence(this) ?? '');
    if (isTrouble) this.said = is;
    if (is === 'saved') {
      if (this.said !== undefined) this.page.say(this.page.texts.announceSaved);
      this.said = undefined;
    }
  }

  show() {
    showSaving(this);
  }
}
