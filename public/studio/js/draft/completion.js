// @ts-check
import { ask } from '../server.js';
import { plural } from './words.js';

const PAUSE_MS = 120;

/**
 * A line of names between commas that proposes the ones in use: a combobox with a list (WAI-ARIA Authoring Practices).
 * Arrows choose, Enter or a comma takes, Escape closes.
 */
class Completion {
  /** @param {HTMLElement} place @param {import('./page.js').DraftPage} page */
  constructor(place, page) {
    const input = place.querySelector('input');
    if (input === null) throw new Error('There is no line to complete');
    this.page = page;
    this.kind = place.dataset.combo ?? '';
    this.input = input;
    this.list = document.createElement('ul');
    this.list.className = 'combo-list';
    this.list.id = `${input.id}-list`;
    this.list.role = 'listbox';
    this.list.hidden = true;
    this.list.ariaLabel = document.querySelector(`label[for="${input.id}"]`)?.textContent ?? '';
    place.append(this.list);
    input.role = 'combobox';
    input.ariaAutoComplete = 'list';
    input.ariaExpanded = 'false';
    input.setAttribute('aria-controls', this.list.id);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.active = -1;
    this.asked = 0;
    input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.propose(), PAUSE_MS);
    });
    input.addEventListener('keydown', (event) => this.key(event));
    input.addEventListener('blur', () => this.close());
    // The line keeps the focus while something of the list is pressed.
    this.list.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      const option = event.target instanceof Element ? event.target.closest('li') : null;
      if (option !== null) this.take(option.dataset.name ?? '');
    });
  }

  /** The entry that the cursor is in. */
  entry() {
    const { value, selectionStart } = this.input;
    const at = selectionStart ?? value.length;
    const start = value.lastIndexOf(',', at - 1) + 1;
    const comma = value.indexOf(',', at);
    const end = comma < 0 ? value.length : comma;
    return { start, end, text: value.slice(start, at).trim() };
  }

  async propose() {
    const { text } = this.entry();
    const asked = ++this.asked;
    if (text === '' || text.includes('(')) return this.close();
    const query = new URLSearchParams({ kind: this.kind, q: text });
    const found = await ask('GET', `/studio/completions?${query}`).catch(() => ({ items: [] }));
    if (asked !== this.asked || document.activeElement !== this.input) return;
    const taken = this.input.value.split(',').map((name) => name.trim().toLowerCase());
    /** @type {{ name: string, count: number }[]} */
    const items = found.items.filter(
      (/** @type {{ name: string }} */ { name }) => !taken.includes(name.toLowerCase()),
    );
    if (items.length === 0) return this.close();
    this.list.replaceChildren(
      ...items.map(({ name, count }, index) => {
        const option = document.createElement('li');
        option.role = 'option';
        option.id = `${this.list.id}-${index}`;
        option.dataset.name = name;
        option.ariaSelected = 'false';
        const number = document.createElement('span');
        number.className = 'combo-count';
        number.textContent = String(count);
        option.append(name, number);
        return option;
      }),
    );
    this.active = -1;
    this.input.removeAttribute('aria-activedescendant');
    this.list.hidden = false;
    this.input.ariaExpanded = 'true';
    this.page.say(plural(this.page.texts.completions, items.length, this.page.language));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const options = [...this.list.children];
    const isOpen = !this.list.hidden;
    if (event.key === 'Enter') {
      // Enter ends an entry; it must not send the form.
      event.preventDefault();
      const option = options[this.active];
      if (isOpen && option instanceof HTMLElement) this.take(option.dataset.name ?? '');
      else this.take(this.entry().text);
    } else if (isOpen && event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.activate(
        (this.active + step + options.length + (this.active < 0 && step < 0 ? 1 : 0)) % options.length,
      );
    }
  }

  /** @param {number} index */
  activate(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => {
      option.ariaSelected = String(at === index);
      if (at === index) option.scrollIntoView({ block: 'nearest' });
    });
    this.input.setAttribute('aria-activedescendant', `${this.list.id}-${index}`);
  }

  /** @param {string} name */
  take(name) {
    if (name === '') return this.close();
    const { start, end } = this.entry();
    const { value } = this.input;
    const before = start > 0 ? `${value.slice(0, start).trimEnd()} ` : '';
    const after = value.slice(end).replace(/^,\s*/, '');
    this.input.value = `${before}${name}, ${after}`;
    const at = before.length + name.length + 2;
    this.input.setSelectionRange(at, at);
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
    clearTimeout(this.timer);
    this.asked += 1;
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.ariaExpanded = 'false';
    this.input.removeAttribute('aria-activedescendant');
  }
}

/** @param {import('./page.js').DraftPage} page */
export function openCompletions(page) {
  for (const place of document.querySelectorAll('[data-combo]')) {
    if (place instanceof HTMLElement) new Completion(place, page);
  }
}
