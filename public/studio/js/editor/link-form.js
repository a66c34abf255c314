// @ts-check
import { linkAt, setLink } from './commands.js';

/**
 * The line under the toolbar in which a link's address is written.
 * @param {HTMLElement} form
 * @param {() => import('./editor.js').ArticleEditor} editor
 */
export function openLinkForm(form, editor) {
  const input = form.querySelector('input');
  if (input === null) throw new Error('The line for links has no field');
  const close = () => {
    form.hidden = true;
    editor().view.focus();
  };
  const set = (/** @type {string} */ address) => {
    form.hidden = true;
    editor().run(setLink(address));
  };
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === input) set(addressOf(input.value));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  form.addEventListener('click', ({ target }) => {
    const act = target instanceof Element ? target.closest('button')?.dataset.link : undefined;
    if (act === 'set') set(addressOf(input.value));
    if (act === 'remove') set('');
    if (act === 'close') close();
  });
  return () => {
    input.value = linkAt(editor().view.state)?.href ?? '';
    form.hidden = false;
    input.focus();
    input.select();
  };
}

/** What somebody types as an address, as one: `example.org` → `https://example.org`. @param {string} typed */
export function addressOf(typed) {
  const text = typed.trim();
  if (text === '' || /^(?:[a-z][a-z0-9+.-]*:|[/#?])/i.test(text)) return text;
  if (/^\S+@\S+\.\S+$/.test(text)) return `mailto:${text}`;
  return /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#:]|$)/i.test(text) &&
    !/\.(?:mp3|vtt|srt|json|jpe?g|png|webp)(?:#|$)/i.test(text)
    ? `https://${text}`
    : text;
}
