// @ts-check
import { perCent } from './words.js';

/** @typedef {import('./uploads/file-row.js').UploadView} UploadView */

const SMALLEST = 5;
const NAMES = /** @type {const} */ (['crop-x', 'crop-y', 'crop-size']);

/** Returns the picture of this class in a place; one that shows nothing yet where there is none. @param {HTMLElement} place @param {string} name @param {string} alt */
export function pictureIn(place, name, alt) {
  const found = place.querySelector(`.${name}`);
  if (found instanceof HTMLImageElement) return found;
  const made = document.createElement('img');
  made.className = name;
  made.alt = alt;
  made.hidden = true;
  place.prepend(made);
  return made;
}

/** The cover: what was chosen is shown at once, and a square of it can be cut out with pointer or keys. */
export class Cover {
  /** Takes back what is no longer wanted. @type {(id: string) => void} */
  forget = () => {};
  /** Takes files in. @type {(files: File[]) => void} */
  add = () => {};

  /** @param {import('./page.js').DraftPage} page */
  constructor(page) {
    this.page = page;
    this.frame = page.piece('[data-cover-frame]', HTMLElement);
    this.picture = pictureIn(this.frame, 'cover-picture', page.texts.coverNow);
    this.cut = page.piece('[data-cover-cut]', HTMLElement);
    this.state = page.piece('[data-cover-state]', HTMLElement);
    this.tick = page.piece('[data-crop]', HTMLInputElement);
    this.removeButton = page.piece('[data-cover-remove]', HTMLButtonElement);
    this.fields = page.piece('[data-cover-fields]', HTMLElement);
    this.ranges = Object.fromEntries(
      NAMES.map((name) => [name, page.piece(`[data-crop-range="${name}"]`, HTMLInputElement)]),
    );
    const choose = page.piece('[data-cover-choose]', HTMLInputElement);
    choose.addEventListener('change', () => {
      this.add([...(choose.files ?? [])].slice(0, 1));
      choose.value = '';
    });
    this.removeButton.addEventListener('click', (event) => {
      event.preventDefault();
      this.remove();
      choose.focus();
    });
    this.picture.addEventListener('load', () => this.show());
    this.tick.addEventListener('change', () => {
      if (this.tick.checked) this.centre();
      this.show();
    });
    for (const range of Object.values(this.ranges)) range.addEventListener('input', () => this.show());
    new ResizeObserver(() => this.show()).observe(this.frame);
    this.frame.addEventListener('pointerdown', (event) => this.drag(event));
    this.show();
  }

  get upload() {
    return this.page.field('cover-upload', HTMLInputElement).value;
  }

  /** @param {string} name @returns {HTMLInputElement} */
  range(name) {
    const range = this.ranges[name];
    if (range === undefined) throw new Error(`There is no ${name}`);
    return range;
  }

  /** @param {File} file */
  chosen(file) {
    this.picture.src = URL.createObjectURL(file);
    this.picture.hidden = false;
    this.tick.checked = false;
    this.show();
    this.page.say(this.page.texts.coverChosen);
  }

  /** @param {string} id */
  sent(id) {
    const before = this.upload;
    this.set('', id);
    if (before !== id) this.forget(before);
    if (!this.picture.src.startsWith('blob:'))
      this.picture.src = `/studio/drafts/${this.page.id}/uploads/${id}`;
    this.show();
  }

  /** @param {string} file @param {string} upload */
  set(file, upload) {
    this.page.field('cover-file', HTMLInputElement).value = file;
    this.page.field('cover-upload', HTMLInputElement).value = upload;
  }

  /** @param {UploadView | undefined} view */
  view(view) {
    if (view === undefined) return;
    const share = view.bytes > 0 ? view.received / view.bytes : 1;
    const isComing = view.state === 'arriving';
    this.state.textContent =
      view.problem ||
      (isComing
        ? perCent(share, this.page.texts.perCent)
        : view.state === 'ready'
          ? view.result
          : view.stage);
    this.state.classList.toggle('problem-text', view.problem !== '');
    const address = `/studio/drafts/${this.page.id}/uploads/${view.id}`;
    if (
      view.state === 'ready' &&
      !this.picture.src.startsWith('blob:') &&
      !this.picture.src.endsWith(address)
    ) {
      this.picture.src = address;
      this.show();
    }
  }

  remove() {
    const { upload } = this;
    this.set('', '');
    this.picture.removeAttribute('src');
    this.state.textContent = '';
    this.tick.checked = false;
    this.show();
    this.forget(upload);
    this.page.tell('changed');
  }

  get has() {
    return this.picture.hasAttribute('src');
  }

  /** The picture's height in shares of its width. */
  get shape() {
    const { naturalWidth, naturalHeight } = this.picture;
    return naturalWidth > 0 ? naturalHeight / naturalWidth : 1;
  }

  centre() {
    const size = Math.min(1, this.shape);
    this.setCut((1 - size) / 2, (1 - size / this.shape) / 2, size);
  }

  /** @param {number} x share of the width @param {number} y share of the height @param {number} size share of the width */
  setCut(x, y, size) {
    const largest = Math.min(1, this.shape);
    const side = Math.min(largest, Math.max(SMALLEST / 100, size));
    const within = (/** @type {number} */ at, /** @type {number} */ most) =>
      Math.min(Math.max(0, at), Math.max(0, most));
    this.range('crop-size').value = String(side * 100);
    this.range('crop-x').value = String(within(x, 1 - side) * 100);
    this.range('crop-y').value = String(within(y, 1 - side / this.shape) * 100);
  }

  get cutNow() {
    const share = (/** @type {string} */ name) => Number(this.range(name).value) / 100;
    return { x: share('crop-x'), y: share('crop-y'), size: share('crop-size') };
  }

  show() {
    this.picture.hidden = !this.has;
    this.removeButton.hidden = !this.has;
    this.fields.toggleAttribute('data-empty', !this.has);
    const isCut = this.tick.checked && this.has && this.picture.naturalWidth > 0;
    this.cut.hidden = !isCut;
    if (!isCut) return;
    const { x, y, size } = this.cutNow;
    this.setCut(x, y, size);
    const now = this.cutNow;
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.picture;
    this.cut.style.left = `${offsetLeft + now.x * offsetWidth}px`;
    this.cut.style.top = `${offsetTop + now.y * offsetHeight}px`;
    this.cut.style.width = `${now.size * offsetWidth}px`;
    this.cut.style.height = `${now.size * offsetWidth}px`;
  }

  /** The square is moved; by its lower right corner it becomes larger or smaller. @param {PointerEvent} event */
  drag(event) {
    if (this.cut.hidden || event.button !== 0 || event.target !== this.cut) return;
    event.preventDefault();
    const box = this.cut.getBoundingClientRect();
    const isCorner = event.clientX > box.right - 24 && event.clientY > box.bottom - 24;
    const from = { ...this.cutNow, left: event.clientX, top: event.clientY };
    const { offsetWidth: width, offsetHeight: height } = this.picture;
    this.cut.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ { clientX, clientY }) => {
      const [right, down] = [(clientX - from.left) / width, (clientY - from.top) / height];
      if (isCorner)
        this.setCut(from.x, from.y, Math.min(from.size + right, 1 - from.x, (1 - from.y) * this.shape));
      else this.setCut(from.x + right, from.y + down, from.size);
      this.show();
    };
    this.cut.addEventListener('pointermove', move);
    this.cut.addEventListener(
      'lostpointercapture',
      () => {
        this.cut.removeEventListener('pointermove', move);
        this.page.tell('changed');
      },
      { once: true },
    );
  }
}
