// @ts-check

/** @typedef {{ kind: string, name: string, href: string }} Suggestion */

/** How long nothing must be typed before it is asked (ms). */
const REST = 140;
const SHORTEST = 2;

/** @type {WeakSet<HTMLInputElement>} */
const known = new WeakSet();
let made = 0;

/**
 * Makes a field suggest what it may be meant to find (ARIA Authoring Practices, "Combobox with listbox popup", without
 * selecting anything by itself). A field of a name is filled by what is chosen; from any other it leads there.
 * @param {HTMLInputElement} field
 */
export function suggestTo(field) {
  if (known.has(field)) return;
  known.add(field);

  const list = document.createElement('ul');
  list.id = `suggestions-${++made}`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', field.dataset.suggest ?? '');
  list.hidden = true;
  const status = document.createElement('p');
  status.className = 'hidden suggestions-status';
  status.setAttribute('role', 'status');
  // A page that was left and comes back brings along what stood there.
  for (const old of field.parentElement?.querySelectorAll('.suggestions, .suggestions-status') ?? [])
    old.remove();
  field.after(list, status);
  field.setAttribute('aria-controls', list.id);

  /** @type {Suggestion[]} */
  let shown = [];
  let chosen = -1;
  /** @type {number | undefined} */
  let timer;
  /** @type {AbortController | undefined} */
  let asking;

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    for (const [at, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(at === index));
    const option = list.children[index];
    if (option) field.setAttribute('aria-activedescendant', option.id);
    else field.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {boolean} isOpen */
  function open(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) choose(-1);
  }

  /** @param {Suggestion[]} suggestions @param {string} said */
  function show(suggestions, said) {
    shown = suggestions;
    list.replaceChildren(
      ...suggestions.map(({ kind, name }, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.className = 'suggestion';
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.append(name, ' ');
        if (!field.dataset.kind) {
          const label = document.createElement('span');
          label.className = 'suggestion-kind';
          label.textContent = kind;
          option.append(label);
        }
        return option;
      }),
    );
    choose(-1);
    open(suggestions.length > 0);
    status.textContent = said;
  }

  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  async function ask() {
    const q = field.value.trim();
    if (q.length < SHORTEST) return show([], '');
    asking = new AbortController();
    const { signal } = asking;
    const query = new URLSearchParams({ q, lang: document.documentElement.lang });
    if (field.dataset.kind) query.set('kind', field.dataset.kind);
    try {
      const answer = await fetch(`/suggest?${query}`, { signal });
      if (!answer.ok) return;
      const { suggestions, said } = await answer.json();
      if (!signal.aborted && document.activeElement === field) show(suggestions, said);
    } catch {
      // Asked again, or not to be reached: whoever types goes on typing.
    }
  }

  /** @param {number} index */
  function take(index) {
    const suggestion = shown[index];
    if (!suggestion) return;
    stop();
    open(false);
    if (field.dataset.kind) {
      field.value = suggestion.name;
      return;
    }
    // A link that is clicked is followed as all others are.
    const link = document.createElement('a');
    link.href = suggestion.href;
    document.body.append(link);
    link.click();
    link.remove();
  }

  field.addEventListener('input', () => {
    stop();
    timer = setTimeout(ask, REST);
  });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (shown.length === 0) return;
      event.preventDefault();
      if (!isOpen) open(true);
      // One place more than there are suggestions: the text as it was typed.
      const places = shown.length + 1;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter') {
      if (isOpen && chosen >= 0) {
        event.preventDefault();
        take(chosen);
      } else {
        stop();
        open(false);
      }
    } else if (event.key === 'Escape' && isOpen) {
      // The first one closes the list; the browser's own, which empties the field, is the next.
      event.preventDefault();
      event.stopPropagation();
      stop();
      open(false);
    }
  });
  field.addEventListener('blur', () => {
    stop();
    open(false);
  });
  // Before the field loses the focus.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest('.suggestion') : null;
    if (option) take([...list.children].indexOf(option));
  });
  // What was typed while this was on its way.
  if (field.value.trim() !== field.defaultValue.trim()) timer = setTimeout(ask, REST);
}
