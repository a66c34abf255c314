// @ts-check
import { onPage } from '../page.js';

onPage(() => {
  for (const button of document.querySelectorAll('button[data-copy]')) button.removeAttribute('hidden');
});

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('button[data-copy]') : null;
  if (!(button instanceof HTMLButtonElement)) return;
  const field = document.getElementById(button.dataset.copy ?? '');
  if (!(field instanceof HTMLInputElement)) return;
  field.select();
  // The newer way is there only under https, and only where the reader allows it.
  const copied = await navigator.clipboard?.writeText(field.value).then(
    () => true,
    () => false,
  );
  if (!copied && !document.execCommand('copy')) return;
  const { done = '', asking = button.textContent ?? '' } = button.dataset;
  button.dataset.asking = asking;
  button.textContent = done;
  setTimeout(() => {
    button.textContent = asking;
  }, 2000);
});
