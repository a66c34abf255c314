// @ts-check
import { fileSuggestions } from '../../../../src/studio/draft/prefill.ts';
import { dayOn } from './station-clock.js';

/**
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 * @typedef {'tags' | 'name' | 'article'} Origin
 */

/** What knows better comes later. @type {Record<Origin, number>} */
const RANKS = { name: 1, tags: 2, article: 3 };

/** @param {import('./uploads/file-row.js').FileRow} row */
const sizeOf = (row) => row.view?.seconds ?? (row.local?.size ?? row.view?.bytes ?? 0) / 1e9;

/** Fills fields that nobody has touched, and says beside each where its value comes from. */
export class Filling {
  /** @param {import('./page.js').DraftPage} page @param {() => import('./uploads/file-row.js').FileRow[]} segments */
  constructor(page, segments) {
    this.page = page;
    /** @type {Set<string>} */
    this.touched = new Set();
    page.form.addEventListener('input', ({ target, isTrusted }) => {
      if (!(target instanceof HTMLElement)) return;
      const name = target.dataset.fill ?? (target.hasAttribute('data-when') ? 'date' : '');
      if (name === '' || !isTrusted) return;
      this.touched.add(name);
      this.mark(name, '');
    });
    /** What was filled in here: something better may take its place. @type {Map<string, { value: string, rank: number }>} */
    this.filled = new Map();
    const fill = () => {
      const rows = segments();
      // The longest sound is what the episode is about; each of several has a title of its own.
      const [main] = [...rows].sort((one, other) => sizeOf(other) - sizeOf(one));
      if (main !== undefined) this.fromFile(main);
      if (rows.length > 1) for (const row of rows) this.titleOf(row);
    };
    page.on('sounds', fill);
    page.on('state', fill);
  }

  /** What the file's name and tags say. An episode that is there already says it all itself. @param {import('./uploads/file-row.js').FileRow} row */
  fromFile(row) {
    if (this.page.data.status !== 'none') return;
    const [byName, all] = this.saidBy(row);
    for (const [field, value] of Object.entries(all))
      this.fill(field, value, byName[/** @type {keyof typeof byName} */ (field)] === value ? 'name' : 'tags');
  }

  /**
   * What the file's name alone says, and what it says together with its tags.
   * @param {import('./uploads/file-row.js').FileRow} row
   * @returns {[import('../../../../src/studio/draft/prefill.ts').Suggestions, import('../../../../src/studio/draft/prefill.ts').Suggestions]}
   */
  saidBy(row) {
    const { data } = this.page;
    const around = { shows: data.shows, station: data.station, today: dayOn(this.page.now(), data.timezone) };
    const name = row.view?.name ?? row.name;
    const tags = row.view?.tags === undefined ? {} : { tags: row.view.tags };
    return [fileSuggestions({ name }, around), fileSuggestions({ name, ...tags }, around)];
  }

  /** @param {import('./uploads/file-row.js').FileRow} row */
  titleOf(row) {
    const field = row.element.querySelector('[name="segment-title[]"]');
    if (!(field instanceof HTMLInputElement) || row.upload === '' || this.touched.has(row.upload)) return;
    const { title = '' } = this.saidBy(row)[1];
    if (title === '' || (field.value !== '' && field.value !== this.filled.get(row.upload)?.value)) return;
    if (field.value === title) return;
    field.value = title;
    this.filled.set(row.upload, { value: title, rank: 0 });
    this.page.tell('changed');
  }

  /** Returns whether the field took the value. @param {string} name @param {string} value @param {Origin} origin */
  fill(name, value, origin) {
    const field = document.querySelector(`[data-fill="${name}"]`);
    if (!isField(field) || value === '' || this.touched.has(name)) return false;
    const before = this.filled.get(name);
    const isOurs = before !== undefined && before.value === field.value && before.rank < RANKS[origin];
    if (field.value === value || (field.value.trim() !== '' && !isOurs)) return false;
    const present = field.value;
    field.value = value;
    // A show that is not theirs cannot be chosen.
    if (field.value === '') {
      field.value = present;
      return false;
    }
    this.filled.set(name, { value: field.value, rank: RANKS[origin] });
    if (name === 'date') {
      const when = this.page.field('when', HTMLSelectElement);
      when.value = 'at';
      when.dispatchEvent(new Event('change', { bubbles: true }));
    }
    this.mark(name, this.page.texts.filled[origin]);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }

  /** @param {string} name @param {string} words */
  mark(name, words) {
    const place = document.querySelector(`[data-filled="${name}"]`);
    if (place !== null) place.textContent = words;
  }
}

/** @param {Element | null} field @returns {field is Field} */
const isField = (field) =>
  field instanceof HTMLInputElement ||
  field instanceof HTMLTextAreaElement ||
  field instanceof HTMLSelectElement;
