// @ts-check

import { uploadPlace } from '../../../../../src/studio/draft/draft-uploads.ts';
import { fill } from '../words.js';

/**
 * @typedef {import('./file-row.js').FileRow} FileRow
 * @typedef {import('./file-row.js').UploadView} UploadView
 * @typedef {import('./uploads.js').Cover} Cover
 */

/** Shows what the server says of each upload; what nobody has in their list yet gets its row. */
export class UploadStates {
  /**
   * @param {import('../page.js').DraftPage} page
   * @param {import('./file-list.js').FileList} list
   * @param {import('./upload-queue.js').UploadQueue} queue
   * @param {Cover} cover
   */
  constructor(page, list, queue, cover) {
    this.page = page;
    this.list = list;
    this.queue = queue;
    this.cover = cover;
    /** Taken out here; the server may not have heard of it yet. @type {Set<string>} */
    this.gone = new Set();
  }

  get rows() {
    return this.list.rows;
  }

  /** The draft with what is on its way, too. */
  content() {
    // A cover that was just chosen is there, though its upload has no name yet.
    return this.list.content(this.cover.upload || (this.cover.has ? 'chosen' : ''));
  }

  showAll() {
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
    if (this.queue.sendings().some(({ id }) => id === view.id)) return undefined;
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
}
