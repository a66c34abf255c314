// @ts-check

import { sizeText } from '../../../../../src/site/view-models/durations.ts';
import { shownUploadKind, uploadPlace } from '../../../../../src/studio/draft/draft-uploads.ts';
import { ask } from '../../server.js';
import { fill, plural } from '../words.js';
import { openDropZone } from './drop-zone.js';
import { FileList } from './file-list.js';
import { forgetFile, forgetOldFiles, keepFile, keptFile } from './kept-files.js';
import { beginUpload, Sending } from './sending.js';
import { UploadQueue } from './upload-queue.js';
import { UploadStates } from './upload-states.js';

/**
 * @typedef {import('./file-row.js').FileRow} FileRow
 * @typedef {import('./file-row.js').UploadView} UploadView
 * Where a file goes that somebody has put somewhere on purpose.
 * @typedef {{ cover: true } | { replace: FileRow } | undefined} Place
 * The cover's part of the page.
 * @typedef {{ chosen(file: File): void, sent(id: string): void, view(view: UploadView | undefined): void, readonly upload: string, readonly has: boolean, remove(): void }} Cover
 */

/** The list of files: what is dropped or chosen leaves at once, and goes on after whatever happens. */
export class Uploads {
  /**
   * @param {import('../page.js').DraftPage} page
   * @param {import('../saving.js').Saving} saving
   * @param {Cover} cover
   */
  constructor(page, saving, cover) {
    this.page = page;
    this.saving = saving;
    this.cover = cover;
    this.list = new FileList(page, (row) => this.wire(row));
    this.queue = new UploadQueue(page, this.list, (row, lost) => this.beginAgain(row, lost));
    this.states = new UploadStates(page, this.list, this.queue, cover);
    page.on('state', () => this.states.showAll());
    openDropZone(page, (files, place) => this.add(files, place));
    addEventListener('beforeunload', (event) => {
      const isLost = this.rows.some((row) => row.upload === '' && row.local !== undefined && row.isUnderWay);
      if (isLost) event.preventDefault();
    });
    this.states.showAll();
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
    if (row !== undefined) this.queue.send(row, file, row.upload);
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
        : uploadPlace({ name: file.name, kind: 'unknown' }, this.states.content());
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

  /** Makes the upload's place, and sends the file to it. @param {File} file @param {FileRow | undefined} row @param {string} draft */
  async begin(file, row, draft) {
    const id = await this.idFor(file, draft, row);
    if (id === undefined) return;
    const before = row?.upload ?? '';
    if (row === undefined) this.cover.sent(id);
    else row.setUpload(id);
    this.queue.send(row, file, id);
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

  /** The server has forgotten the upload: it begins from the start. @param {FileRow | undefined} row @param {Sending} lost */
  async beginAgain(row, lost) {
    if (row !== undefined) {
      row.sending = undefined;
      row.setUpload('');
    }
    await this.begin(lost.file, row, await this.saving.ensureDraft());
  }

  /** What was on its way when the page was left goes on, or is asked for. */
  async resumeAll() {
    await forgetOldFiles();
    for (const row of [...this.rows]) {
      if (row.view?.state !== 'arriving' || row.sending !== undefined) continue;
      const file = await keptFile(row.upload);
      if (file !== undefined && file.size === row.view.bytes) this.queue.send(row, file, row.upload);
    }
    const cover = this.page.state.uploads.find(
      ({ id, state }) => id === this.cover.upload && state === 'arriving',
    );
    const file = cover === undefined ? undefined : await keptFile(cover.id);
    if (cover !== undefined && file !== undefined) this.queue.send(undefined, file, cover.id);
  }

  /** @param {FileRow} row @param {HTMLInputElement} input */
  chosenAgain(row, input) {
    const [file] = input.files ?? [];
    input.value = '';
    if (file === undefined || row.view === undefined) return;
    if (file.size === row.view.bytes) {
      this.page.dropNote('other-file');
      this.queue.send(row, file, row.upload);
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
    if (act === 'pause') this.queue.togglePause(row);
    else if (act === 'remove') this.remove(row);
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
    if (id === '' || this.states.gone.has(id)) return;
    this.states.gone.add(id);
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
    return this.queue.isEmpty && !this.rows.some((row) => row.isUnderWay);
  }

  /** @param {unknown} error */
  say(error) {
    if (error instanceof Error) this.page.note('upload', error.message, [], 'problem');
  }
}

/** @param {File} file */
const isOfUse = (file) =>
  shownUploadKind({ name: file.name, kind: 'unknown' }) !== 'unknown' || /^(?:audio|image)\//.test(file.type);
