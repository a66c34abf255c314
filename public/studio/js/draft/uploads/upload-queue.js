// @ts-check

import { fill } from '../words.js';
import { forgetFile } from './kept-files.js';
import { Sending } from './sending.js';

/** @typedef {import('./file-row.js').FileRow} FileRow */

/** Sent at the same time: more would take the connections that saving needs. */
const AT_ONCE = 2;

/** The files that are on their way: two at a time, the others wait. */
export class UploadQueue {
  /**
   * @param {import('../page.js').DraftPage} page
   * @param {import('./file-list.js').FileList} list
   * @param {(row: FileRow | undefined, lost: Sending) => void} onLost called when the server has forgotten an upload
   */
  constructor(page, list, onLost) {
    this.page = page;
    this.list = list;
    this.onLost = onLost;
    /** What is sent for the cover. @type {Sending | undefined} */
    this.coverSending = undefined;
  }

  get isEmpty() {
    return !this.sendings().some(({ is }) => is !== 'done' && is !== 'refused');
  }

  /** Sends a file to an upload's place; without a row it is the cover's. @param {FileRow | undefined} row @param {File} file @param {string} id */
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
    return [...own, ...this.list.rows.flatMap(({ sending }) => sending ?? [])];
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
    if (sending.is === 'lost') this.onLost(row, sending);
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

  /** Pauses a file, or lets it wait for its turn again. @param {FileRow} row */
  togglePause(row) {
    if (row.sending?.is === 'paused') row.sending.is = 'queued';
    else row.sending?.pause();
    row.show();
    this.startNext();
  }
}
