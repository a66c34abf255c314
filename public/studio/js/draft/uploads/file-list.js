// @ts-check
import { FileRow } from './file-row.js';

/** The rows of files on the page: segments in the order in which they are heard, and what is beside them. */
export class FileList {
  /** @type {FileRow[]} */
  rows = [];

  /** @param {import('../page.js').DraftPage} page @param {(row: FileRow) => void} wire what a row's buttons do */
  constructor(page, wire) {
    this.page = page;
    this.wire = wire;
    this.segments = page.piece('[data-segments]', HTMLElement);
    this.files = page.piece('[data-files]', HTMLElement);
    for (const element of document.querySelectorAll('[data-row]')) {
      if (element instanceof HTMLElement) this.adopt(element);
    }
  }

  /** @param {HTMLElement} element */
  adopt(element) {
    const row = new FileRow(element, this.page);
    this.rows.push(row);
    // It is heard beside the text.
    element.querySelector('audio')?.remove();
    this.wire(row);
    return row;
  }

  /** A row for a file that is new here. @param {'segment' | 'file'} kind @param {string} name */
  addRow(kind, name) {
    const template = this.page.piece(`#${kind}-row`, HTMLTemplateElement);
    const element = template.content.firstElementChild?.cloneNode(true);
    if (!(element instanceof HTMLElement)) throw new Error('The template has no row');
    (kind === 'segment' ? this.segments : this.files).append(element);
    const row = this.adopt(element);
    row.name = name;
    row.setUpload('');
    this.showHint();
    return row;
  }

  /** @param {FileRow} row */
  drop(row) {
    row.element.remove();
    this.rows = this.rows.filter((one) => one !== row);
    this.showHint();
  }

  /** @param {FileRow} row @param {number} step @param {HTMLElement | null} button */
  move(row, step, button) {
    const sibling = step < 0 ? row.element.previousElementSibling : row.element.nextElementSibling;
    if (sibling === null) return;
    if (step < 0) sibling.before(row.element);
    else sibling.after(row.element);
    button?.focus();
    this.page.tell('changed');
  }

  /** The rows of segments, in the order in which they are heard. */
  segmentRows() {
    const order = [...this.segments.children];
    return this.rows
      .filter(({ isSegment }) => isSegment)
      .sort((one, other) => order.indexOf(one.element) - order.indexOf(other.element));
  }

  showHint() {
    const words = this.page.piece('[data-drop-words]', HTMLElement);
    words.textContent = (this.rows.length > 0 ? words.dataset.some : words.dataset.none) ?? '';
  }

  /**
   * The draft with all that is in the list, also what has no upload yet.
   * @param {string} cover the cover's upload
   */
  content(cover) {
    const { content } = this.page.content();
    const names = (/** @type {boolean} */ isSegment) =>
      this.rows.filter((row) => row.isSegment === isSegment && row.file !== '').map(({ file }) => ({ file }));
    return {
      ...content,
      cover: cover === '' ? content.cover : { ...content.cover, upload: cover },
      segments: names(true).map((each) => ({ ...each, title: '', voice: /** @type {const} */ ('auto') })),
      files: names(false),
    };
  }
}
