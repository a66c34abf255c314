// @ts-check

/**
 * What is written and has not reached the server yet: kept by the browser at once, so that a closed tab or a crash takes
 * nothing along. One for each draft, and one for the draft that has no address yet.
 * @typedef {{ revision: number, at: number, entries: [string, string][] }} LocalCopy
 */

/**
 * `aside`: a copy that somebody else's text has overtaken; it waits there until both were looked at.
 * @param {string | undefined} id @param {'' | 'aside'} [place]
 */
const keyOf = (id, place = '') => `riascolta-draft${place}:${id ?? 'new'}`;

/** Returns whether it could be kept. @param {string | undefined} id @param {LocalCopy} copy @param {'' | 'aside'} [place] */
export function keepCopy(id, copy, place) {
  try {
    localStorage.setItem(keyOf(id, place), JSON.stringify(copy));
    return true;
  } catch {
    // No room, or a browser that keeps nothing: the page says so.
    return false;
  }
}

/** @param {string | undefined} id @param {'' | 'aside'} [place] */
export function forgetCopy(id, place) {
  try {
    localStorage.removeItem(keyOf(id, place));
  } catch {
    // Nothing was kept, then.
  }
}

/** @param {string | undefined} id @param {'' | 'aside'} [place] @returns {LocalCopy | undefined} */
export function copyOf(id, place) {
  try {
    const copy = JSON.parse(localStorage.getItem(keyOf(id, place)) ?? 'null');
    return Array.isArray(copy?.entries) ? copy : undefined;
  } catch {
    return undefined;
  }
}

/** What the rows of files have stands with the files themselves. */
const OF_ROWS = /^(?:segment|file)-|^(?:revision|cover-file|cover-upload)$/;

/** @param {HTMLFormElement} form @returns {[string, string][]} */
export function entriesOf(form) {
  /** @type {[string, string][]} */
  const entries = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !OF_ROWS.test(name)) entries.push([name, value]);
  }
  const files = [...form.querySelectorAll('[data-row="segment"]')];
  for (const row of files) {
    const title = row.querySelector('[name="segment-title[]"]');
    if (title instanceof HTMLInputElement)
      entries.push([`title:${row.getAttribute('data-file')}`, title.value]);
  }
  return entries;
}

/** Puts what was kept back into the form. @param {HTMLFormElement} form @param {LocalCopy} copy */
export function restoreInto(form, copy) {
  const values = new Map(copy.entries);
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === 'checkbox')
      field.checked = values.has(field.name);
    else if (isTextField(field) && !OF_ROWS.test(field.name)) {
      const value = values.get(field.name);
      if (value !== undefined) field.value = value;
    }
  }
  for (const row of form.querySelectorAll('[data-row="segment"]')) {
    const title = row.querySelector('[name="segment-title[]"]');
    const value = values.get(`title:${row.getAttribute('data-file')}`);
    if (title instanceof HTMLInputElement && value !== undefined) title.value = value;
  }
}

/** @param {Element} field @returns {field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */
const isTextField = (field) =>
  (field instanceof HTMLInputElement && field.type !== 'file') ||
  field instanceof HTMLTextAreaElement ||
  field instanceof HTMLSelectElement;
