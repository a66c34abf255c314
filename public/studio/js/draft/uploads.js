// @ts-check

import { sizeText } from '../../../../src/site/view-models/durations.ts';
import { shownUploadKind, uploadPlace } from '../../../../src/studio/draft/draft-uploads.ts';
import { ask } from '../server.js';
import { openDropZone } from './drop-zone.js';
import { FileList } from './file-list.js';
import { forgetFile, forgetOldFiles, keepFile, keptFile } from './kept-files.js';
import { beginUpload, Sending } from './sending.js';
import { fill, plural } from './words.js';

/**
 * @typedef {import('./file-row.js').FileRow} FileRow
 * @typedef {import('./file-row.js').UploadView} UploadView
 * Where a file goes that somebody has put somewhere on purpose.
 * @typedef {{ cover: true } | { replace: FileRow } | undefined} Place
 */

/** Sent at the same time: more would take the connections that saving needs. */
const AT_ONCE = 2;

/** The list of files: what is dropped or chosen leaves at once, and goes on after whatever happens. */
export class Uploads {
  /**
   * @param {import('./page.js').DraftPage} page
   * @param {import('./saving.js').Saving} saving
   * @param {{ chosen(file: File): void, sent(id: string): void, view(view: UploadView | undefined): void, readonly upload: string, readonly has: boolean, remove(): void }} cover
   */
  constructor(page, saving, cover) {
    this.page = page;
    this.saving = saving;
    this.cover = cover;
    /** Taken out here; the server may not have heard of it yet. @type {Set<string>} */
    this.gone = new Set();
    /** What is sent for the cover. @type {Sending | undefined} */
    this.coverSending = undefined;
    this.list = new FileList(page, (row) => this.wire(row));
    page.on('state', () => this.showState());
    openDropZone(page, (files, place) => this.add(files, place));
    addEventListener('beforeunload', (event) => {
      const isLost = this.rows.some((row) => row.upload === '' && row.local !== undefined && row.isUnderWay);
      if (isLost) event.preventDefault();
    });
    this.showState();
    this.resumeAll();
  }

  get rows() {
    return this.list.rows;
  }

  segmentRows() {
    return this.list.segmentRows();
  }

  /** @param {FileRow} row */
  wire(row) {
    const { element } = row;
    element.addEventListener('click', (event) => this.act(row, event));
    element.querySelector('[data-choose-again]')?.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement) this.chosenAgain(row, target);
    });
    element.querySelector('[data-replace]')?.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement)
        this.add([...(target.files ?? [])].slice(0, 1), { replace: row });
      if (target instanceof HTMLInputElement) target.value = '';
    });
    element.querySelector('[data-voice]')?.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLSelectElement && row.upload !== '' && !row.isUnderWay)
        ask('POST', `/studio/uploads/${row.upload}/again`, { voice: target.value }).catch((error) =>
          this.say(error),
        );
    });
  }

  /** Takes files in: each gets its row at once, then leaves. @param {File[]} files @param {Place} [place] */
  async add(files, place) {
    const all = files.filter((file) => !this.goesOn(file));
    // A whole folder brings much that is not meant for an episode; what is put here by itself is looked at, whatever its name.
    const fits = all.length > 4 ? all.filter(isOfUse) : all;
    if (fits.length < all.length)
      this.page.note(
        'skipped',
        plural(this.page.texts.skipped, all.length - fits.length, this.page.language),
      );
    if (fits.length === 0) return;
    this.page.say(plural(this.page.texts.announceStarted, fits.length, this.page.language));
    const taken = fits.map((file) => this.take(file, place));
    this.page.tell('sounds');
    this.page.tell('changed');
    const draft = await this.saving.ensureDraft();
    for (const one of taken) await this.begin(one.file, one.row, draft);
    this.page.tell('changed');
  }

  /** A file of which a part has come already goes on from there. @param {File} file */
  goesOn(file) {
    const row = this.rows.find(
      ({ view, sending, name }) =>
        view?.state === 'arriving' && sending === undefined && name === file.name && view.bytes === file.size,
    );
    if (row !== undefined) this.send(row, file, row.upload);
    return row !== undefined;
  }

  /** @param {File} file @param {Place} place @returns {{ file: File, row: FileRow | undefined }} */
  take(file, place) {
    if (place !== undefined && 'replace' in place) {
      place.replace.sending?.stop();
      place.replace.sending = undefined;
      place.replace.local = file;
      place.replace.name = file.name;
      place.replace.view = undefined;
      return { file, row: place.replace };
    }
    const where =
      place !== undefined
        ? { as: 'cover' }
        : uploadPlace({ name: file.name, kind: 'unknown' }, this.content());
    if (where?.as === 'cover') {
      this.cover.chosen(file);
      return { file, row: undefined };
    }
    const row = this.list.addRow(
      where !== undefined && where.as === 'segment' ? 'segment' : 'file',
      file.name,
    );
    row.local = file;
    row.setFile(where !== undefined && 'file' in where ? where.file : '');
    return { file, row };
  }

  /** The draft with what is on its way, too. */
  content() {
    // A cover that was just chosen is there, though its upload has no name yet.
    return this.list.content(this.cover.upload || (this.cover.has ? 'chosen' : ''));
  }

  /** Makes the upload's place, and sends the file to it. @param {File} file @param {FileRow | undefined} row @param {string} draft */
  async begin(file, row, draft) {
    const id = await this.idFor(file, draft, row);
    if (id === undefined) return;
    const before = row?.upload ?? '';
    if (row === undefined) this.cover.sent(id);
    else row.setUpload(id);
    this.send(row, file, id);
    // Only now something has taken its place.
    if (before !== id) this.forget(before);
    this.page.tell('changed');
    keepFile(id, draft, file);
  }

  /** @param {File} file @param {string} draft @param {FileRow | undefined} row @returns {Promise<string | undefined>} */
  async idFor(file, draft, row) {
    for (let tries = 0; ; tries += 1) {
      const answer = await beginUpload(file, draft).catch(() => undefined);
      if (row !== undefined && !row.element.isConnected) return undefined;
      if (answer?.ok) return answer.headers.get('Location')?.split('/').at(-1);
      const found = await answer?.json().catch(() => undefined);
      const sentence = found?.problem?.sentence;
      if (answer !== undefined && answer.status !== 401 && sentence !== undefined) {
        this.refuse(file, row, sentence);
        return undefined;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(15_000, 500 * 2 ** tries)));
    }
  }

  /** @param {File} file @param {FileRow | undefined} row @param {string} sentence */
  refuse(file, row, sentence) {
    if (row === undefined) {
      this.cover.remove();
      this.page.note('cover', `${file.name}: ${sentence}`, [], 'problem');
      return;
    }
    const refused = new Sending(file, '', () => {});
    refused.is = 'refused';
    refused.sentence = sentence;
    row.sending = refused;
    row.show();
    this.page.say(fill(this.page.texts.announceRefused, { name: row.name, sentence }));
  }

  /** @param {FileRow | undefined} row @param {File} file @param {string} id */
  send(row, file, id) {
    const sending = new Sending(file, id, () => this.sendingChanged(row, sending));
    if (row === undefined) this.coverSending = sending;
    else {
      row.sending = sending;
      row.local = file;
      row.show();
    }
    this.startNext();
    this.page.tell('sounds');
  }

  sendings() {
    const own = this.coverSending === undefined ? [] : [this.coverSending];
    return [...own, ...this.rows.flatMap(({ sending }) => sending ?? [])];
  }

  startNext() {
    const all = this.sendings();
    const busy = all.filter(({ is }) => is === 'sending').length;
    for (const next of all.filter(({ is }) => is === 'queued').slice(0, Math.max(0, AT_ONCE - busy)))
      next.start();
  }

  /** @param {FileRow | undefined} row @param {Sending} sending */
  sendingChanged(row, sending) {
    if (row !== undefined && row.sending !== sending) return;
    if (sending.is === 'lost') this.beginAgain(row, sending);
    if (sending.is === 'done') {
      forgetFile(sending.id);
      const { name } = sending.file;
      this.page.say(fill(this.page.texts.announceUploaded, { name }));
    }
    if (sending.is === 'refused') {
      const { sentence, file } = sending;
      this.page.say(fill(this.page.texts.announceRefused, { name: file.name, sentence }));
    }
    row?.show();
    if (sending.is !== 'sending') {
      this.startNext();
      this.page.tell('sounds');
    }
  }

  /** The server has forgotten the upload: it begins from the start. @param {FileRow | undefined} row @param {Sending} lost */
  async beginAgain(row, lost) {
    if (row !== undefined) {
      row.sending = undefined;
      row.setUpload('');
    }
    await this.begin(lost.file, row, await this.saving.ensureDraft());
  }

  /** What the server says of each; what nobody has in their list yet gets its row. */
  showState() {
    for (const view of this.page.state.uploads.filter(({ id }) => !this.gone.has(id))) {
      if (view.id === this.cover.upload) {
        this.cover.view(view);
        continue;
      }
      const row = this.rows.find(({ upload }) => upload === view.id) ?? this.rowFor(view);
      if (row !== undefined) this.showView(row, view);
    }
    for (const row of this.rows) row.show();
    this.list.showHint();
  }

  /** A file that came from another window, or as a whole. @param {UploadView} view */
  rowFor(view) {
    // What has just been begun here has its row before the draft knows of it.
    if (this.sendings().some(({ id }) => id === view.id)) return undefined;
    if (
      this.rows.some(
        ({ sending, upload, local }) => sending === undefined && upload === '' && local !== undefined,
      )
    )
      return undefined;
    const place = uploadPlace(view, this.content());
    if (place?.as === 'cover') {
      this.cover.sent(view.id);
      this.cover.view(view);
      this.page.tell('changed');
      return undefined;
    }
    const row = this.list.addRow(place?.as === 'segment' ? 'segment' : 'file', view.name);
    if (place !== undefined) row.setFile(place.file);
    row.setUpload(view.id);
    if (place !== undefined) this.page.tell('changed');
    return row;
  }

  /** @param {FileRow} row @param {UploadView} view */
  showView(row, view) {
    const before = row.view?.state;
    row.view = view;
    if (row.sending?.is === 'done' && view.state !== 'arriving') row.sending = undefined;
    if (before === view.state || before === undefined) return;
    const { texts } = this.page;
    if (view.state === 'ready') {
      this.page.say(fill(texts.announceReady, { name: row.name, result: view.result }));
      this.page.tell('sounds');
    }
    if (view.state === 'refused')
      this.page.say(fill(texts.announceRefused, { name: row.name, sentence: view.problem }));
    // Only now it is known what it is.
    if (row.file === '') this.placeLate(row, view);
  }

  /** @param {FileRow} row @param {UploadView} view */
  placeLate(row, view) {
    const place = uploadPlace(view, this.content());
    if (place === undefined || place.as === 'cover') return;
    const { local } = row;
    this.list.drop(row);
    const next = this.list.addRow(place.as, view.name);
    next.local = local;
    next.setFile(place.file);
    next.setUpload(view.id);
    next.view = view;
    this.page.tell('sounds');
    this.page.tell('changed');
  }

  /** What was on its way when the page was left goes on, or is asked for. */
  async resumeAll() {
    await forgetOldFiles();
    for (const row of [...this.rows]) {
      if (row.view?.state !== 'arriving' || row.sending !== undefined) continue;
      const file = await keptFile(row.upload);
      if (file !== undefined && file.size === row.view.bytes) this.send(row, file, row.upload);
    }
    const cover = this.page.state.uploads.find(
      ({ id, state }) => id === this.cover.upload && state === 'arriving',
    );
    const file = cover === undefined ? undefined : await keptFile(cover.id);
    if (cover !== undefined && file !== undefined) this.send(undefined, file, cover.id);
  }

  /** @param {FileRow} row @param {HTMLInputElement} input */
  chosenAgain(row, input) {
    const [file] = input.files ?? [];
    input.value = '';
    if (file === undefined || row.view === undefined) return;
    if (file.size === row.view.bytes) {
      this.page.dropNote('other-file');
      this.send(row, file, row.upload);
      keepFile(row.upload, this.page.id ?? '', file);
      return;
    }
    const { texts, language } = this.page;
    const sentence = fill(texts.otherFile, { name: row.name, size: sizeText(row.view.bytes, language) });
    this.page.note('other-file', sentence, [], 'problem');
  }

  /** @param {FileRow} row @param {Event} event */
  act(row, event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const act = button?.dataset.act;
    if (act === undefined) return;
    event.preventDefault();
    if (act === 'pause') {
      if (row.sending?.is === 'paused') row.sending.is = 'queued';
      else row.sending?.pause();
      row.show();
      this.startNext();
    } else if (act === 'remove') this.remove(row);
    else if (act === 'up' || act === 'down') this.list.move(row, act === 'up' ? -1 : 1, button);
    else if (act === 'insert') document.dispatchEvent(new CustomEvent('insert-picture', { detail: row }));
  }

  /** @param {FileRow} row */
  remove(row) {
    const next = row.element.nextElementSibling ?? row.element.previousElementSibling;
    row.sending?.stop();
    this.list.drop(row);
    this.forget(row.upload);
    const target = next?.querySelector('[data-act="remove"]') ?? document.querySelector('[data-choose]');
    if (target instanceof HTMLElement) target.focus();
    this.page.tell('sounds');
    this.page.tell('changed');
  }

  /** An upload is of no use any more: once the draft does not name it, it is taken back. @param {string} id */
  async forget(id) {
    if (id === '' || this.gone.has(id)) return;
    this.gone.add(id);
    forgetFile(id);
    this.page.tell('changed');
    try {
      await this.saving.flush();
      await ask('POST', `/studio/uploads/${id}/cancel`);
    } catch {
      // It goes with the draft, then.
    }
  }

  get isReady() {
    const isSending = this.sendings().some(({ is }) => is !== 'done' && is !== 'refused');
    return !isSending && !this.rows.some((row) => row.isUnderWay);
  }

  /** @param {unknown} error */
  say(error) {
    if (error instanceof Error) this.page.note('upload', error.message, [], 'problem');
  }
}

/** @param {File} file */
const isOfUse = (file) =>
  shownUploadKind({ name: file.name, kind: 'unknown' }) !== 'unknown' || /^(?:audio|image)\//.test(file.type);
