// @ts-check
import { clock } from '../clock.js';

/**
 * What is to be shared: `segment` from 0, `place` in seconds, `from` whether from there on; `page`, where it is not this one.
 * @typedef {{ segment: number, place?: number, from: boolean, page?: string }} Wish
 */

/**
 * Opens the dialog about an episode, on its page or, from the bar at the foot, on any other. It is made of what the page
 * says without scripts.
 * @param {Wish} wish
 */
export async function openShare(wish) {
  if (document.querySelector('dialog.share-dialog[open]')) return;
  const source = await sourceOf(wish.page);
  const body = source?.querySelector('.share-body');
  if (!source || !body) throw new Error('There is nothing to share');
  const dialog = document.createElement('dialog');
  dialog.className = 'share-dialog';
  dialog.lang = source.lang;
  dialog.ariaLabel = source.dataset.name ?? '';
  dialog.append(body);
  document.body.append(dialog);
  const shown = [...body.querySelectorAll('[hidden]')];
  for (const part of shown)
    part.toggleAttribute('hidden', part.matches('.share-app') && !('share' in navigator));
  const restore = fill(dialog, source.dataset, wish);
  dialog.addEventListener('click', (event) => {
    // What lies around the dialog's content is the dialog itself.
    if (event.target === dialog || (event.target instanceof Element && event.target.closest('.share-close')))
      dialog.close();
  });
  const leave = () => dialog.close();
  document.addEventListener('turbo:before-cache', leave, { once: true });
  dialog.addEventListener('close', () => {
    document.removeEventListener('turbo:before-cache', leave);
    restore();
    for (const part of shown) part.toggleAttribute('hidden', true);
    source.append(body);
    dialog.remove();
  });
  dialog.showModal();
  const address = dialog.querySelector('.share-address');
  if (address instanceof HTMLInputElement) {
    address.focus();
    address.select();
  }
}

/** @param {string | undefined} page @returns {Promise<HTMLElement | undefined>} */
async function sourceOf(page) {
  const wanted = new URL(page ?? location.href, location.href);
  if (wanted.pathname === location.pathname) return document.querySelector('.share') ?? undefined;
  const answer = await fetch(wanted.pathname + wanted.search);
  const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.share');
  return found === null ? undefined : document.importNode(/** @type {HTMLElement} */ (found), true);
}

/**
 * Writes address, code and links as the options say, now and whenever they change. Returns what undoes it.
 * @param {HTMLElement} dialog @param {DOMStringMap} about @param {Wish} wish
 */
function fill(dialog, { page = '', embed = '', title = '' }, { segment, place = 0, from }) {
  const box = piece(dialog, '.share-from', HTMLInputElement);
  const which = dialog.querySelector('.share-which select');
  const address = piece(dialog, '.share-address', HTMLInputElement);
  const code = piece(dialog, '.share-code', HTMLTextAreaElement);
  const plainCode = code.value;
  const links = [...dialog.querySelectorAll('a')].map((link) => ({
    link,
    plain: link.getAttribute('href') ?? '',
  }));

  const write = () => {
    const chosen = which instanceof HTMLSelectElement ? Number(which.value) : 0;
    box.disabled = chosen !== segment;
    const seconds = box.checked && !box.disabled ? Math.floor(place) : 0;
    address.value = at(page, chosen, seconds);
    code.value = plainCode.replace(markup(embed), () => markup(at(embed, chosen, seconds)));
    for (const { link, plain } of links)
      link.href = plain.replace(encodeURIComponent(page), () => encodeURIComponent(address.value));
  };

  piece(dialog, '.share-time', HTMLElement).textContent = clock(place);
  piece(dialog, '.share-check', HTMLElement).hidden = place < 1;
  box.checked = from && place >= 1;
  if (which instanceof HTMLSelectElement) which.value = String(segment);
  write();
  dialog.addEventListener('change', write);
  dialog.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.closest('.share-app')) navigator.share({ title, url: address.value }).catch(() => {});
    if (button?.matches('.share-copy')) void copy(dialog, button);
  });
  return () => {
    address.value = page;
    code.value = plainCode;
    for (const { link, plain } of links) link.href = plain;
    piece(dialog, '.share-said', HTMLElement).textContent = '';
  };
}

/** @param {string} address @param {number} segment @param {number} seconds */
function at(address, segment, seconds) {
  const url = new URL(address);
  if (segment > 0) url.searchParams.set('segment', String(segment + 1));
  if (seconds > 0) url.searchParams.set('t', String(seconds));
  return url.href;
}

/** @param {string} text */
const markup = (text) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');

/** @param {HTMLElement} dialog @param {HTMLButtonElement} button */
async function copy(dialog, button) {
  const field = button.closest('.share-field')?.querySelector('input, textarea');
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  // The newer way is there only under https, and only where the reader allows it.
  const copied = await Promise.resolve(navigator.clipboard?.writeText(field.value).then(() => true)).catch(
    () => false,
  );
  field.select();
  const said = piece(dialog, '.share-said', HTMLElement);
  if (!copied && !document.execCommand('copy')) {
    field.focus();
    said.textContent = said.dataset.byHand ?? '';
    return;
  }
  const asking = button.textContent;
  said.textContent = button.dataset.done ?? '';
  button.textContent = said.textContent;
  setTimeout(() => {
    button.textContent = asking;
    said.textContent = '';
  }, 2000);
}

/** @template {HTMLElement} T @param {HTMLElement} within @param {string} selector @param {new () => T} kind @returns {T} */
function piece(within, selector, kind) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`There is no ${selector}`);
  return found;
}
