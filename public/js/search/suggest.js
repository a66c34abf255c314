// @ts-check
import { onPage } from '../page.js';

const FIELDS = 'input[data-suggest]';

// What every field is called is told before it is entered; the rest is loaded when somebody does.
onPage(() => {
  for (const field of document.querySelectorAll(FIELDS)) {
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-expanded', 'false');
  }
});

document.addEventListener('focusin', async (event) => {
  const { target: field } = event;
  if (!(field instanceof HTMLInputElement) || !field.matches(FIELDS)) return;
  const { suggestTo } = await import('./suggestion-list.js');
  suggestTo(field);
});

// An address that is to be shared says nothing of what was left empty.
document.addEventListener('formdata', (event) => {
  if (!(event.target instanceof Element) || !event.target.matches('form[role="search"]')) return;
  for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
});
