// @ts-check
import { checkSaved } from './saved-check.js';
import { episodePath, save, savingUnderWay } from './saved-saving.js';
import { forgetSaved, onSavedChange, readAllSaved } from './saved-store.js';
import { lengthText, percentText, sizeText } from './saved-words.js';

/** @import { SavedEpisode } from './saved-store.js' */

/**
 * Fills a `<riascolta-saved>` with what is kept on this device. Returns what ends it.
 * @param {HTMLElement} element
 * @returns {() => void}
 */
export function drawSavedList(element) {
  const ending = new AbortController();
  const { signal } = ending;
  /** What went wrong, by page. @type {Map<string, string>} */
  const failures = new Map();
  /** @param {string} selector @param {ParentNode} [where] */
  const piece = (selector, where = element) => {
    const found = where.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}`);
    return found;
  };
  const rowTemplate = piece('template.saved-row');
  const all = piece('[data-saved="all"]');
  const removeAll = all.textContent;

  async function draw() {
    const records = await readAllSaved();
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    const lasting = await navigator.storage?.persisted?.();
    if (signal.aborted) return;
    piece('.saved-empty').hidden = records.length > 0;
    piece('.saved-whole').hidden = records.length === 0;
    piece('.saved-may-go').hidden = lasting !== false;
    const focused = document.activeElement?.closest('.saved-item')?.getAttribute('data-page');
    piece('.saved-list').replaceChildren(...records.map(rowOf));
    if (focused)
      piece(`[data-page="${CSS.escape(focused)}"] button:not([hidden]), [data-saved="all"]`).focus();
    piece('.saved-total').textContent = sizeText(records.reduce((sum, { bytes }) => sum + bytes, 0));
    piece('.saved-free').hidden = quota === undefined;
    piece('.saved-room').textContent = sizeText(Math.max(0, (quota ?? 0) - (usage ?? 0)));
    all.textContent = removeAll;
  }

  /** @param {SavedEpisode} record @returns {Node} */
  function rowOf(record) {
    const { page, address, title, show, seconds, picture, bytes, done, outdated } = record;
    if (!(rowTemplate instanceof HTMLTemplateElement)) return document.createTextNode(title);
    const row = document.importNode(rowTemplate.content, true);
    const item = piece('.saved-item', row);
    item.dataset.page = page;
    item.dataset.address = address;
    const link = document.createElement('a');
    link.href = address;
    link.textContent = title;
    piece('.saved-title', row).append(link);
    const cover = new Image(72, 72);
    cover.alt = '';
    cover.src = picture;
    piece('.saved-cover', row).append(cover);
    piece('.saved-about', row).textContent = `${show} · ${lengthText(seconds)}`;
    const remove = piece('[data-saved="remove"]', row);
    remove.ariaLabel = (element.dataset.remove ?? '').replace('%', title);
    const size = piece('.saved-size', row);
    const state = piece('.saved-state', row);
    const resume = piece('[data-saved="resume"]', row);
    const saving = savingUnderWay(address);
    resume.hidden = saving !== undefined || (done && !outdated);
    resume.ariaLabel = `${element.dataset.resume}: ${title}`;
    const sentence =
      failures.get(page) ?? (done ? (outdated ? element.dataset.outdated : '') : element.dataset.half) ?? '';
    state.hidden = sentence === '' || saving !== undefined;
    state.textContent = sentence;
    size.textContent = saving ? percentText(saving.share) : done ? sizeText(bytes) : '';
    saving?.addEventListener(
      'change',
      () => {
        size.textContent = percentText(saving.share);
        if (saving.state === 'way') return;
        const reason = element.dataset[saving.state];
        if (reason) failures.set(page, reason);
        else failures.delete(page);
        draw();
      },
      { signal },
    );
    return row;
  }

  element.addEventListener(
    'click',
    async (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-saved]') : null;
      if (!(button instanceof HTMLElement)) return;
      const { page = '', address = '' } =
        button.closest('.saved-item') instanceof HTMLElement ? piecesOf(button) : {};
      if (button.dataset.saved === 'resume') {
        failures.delete(page);
        save(address);
        draw();
      }
      if (button.dataset.saved === 'remove') await forget(page);
      if (button.dataset.saved === 'all' && button.textContent !== button.dataset.sure) {
        button.textContent = button.dataset.sure ?? '';
      } else if (button.dataset.saved === 'all') {
        for (const record of await readAllSaved()) await forget(record.page);
        const heading = document.querySelector('h1');
        heading?.setAttribute('tabindex', '-1');
        heading?.focus();
      }
    },
    { signal },
  );

  /** @param {string} page */
  async function forget(page) {
    const saving = savingUnderWay(page);
    if (saving) saving.cancel();
    else await forgetSaved(page);
    await draw();
  }

  onSavedChange(() => {
    if (!signal.aborted) draw();
  });
  // Without a network this is shown under the address of another page, which is tried again as it was asked for.
  const again = document.querySelector('[data-again]');
  const retry = (/** @type {Event} */ event) => {
    event.preventDefault();
    location.reload();
  };
  again?.addEventListener('click', retry, { signal });
  // To be online is not to be reached: the page is taken away only for one that is there.
  const retryWhenThere = () =>
    fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => {},
    );
  if (again) addEventListener('online', retryWhenThere, { signal });
  draw().then(() => checkSaved({ now: true }));
  return () => ending.abort();
}

/** @param {HTMLElement} button @returns {{ page?: string, address?: string }} */
function piecesOf(button) {
  const item = button.closest('.saved-item');
  return item instanceof HTMLElement
    ? { page: episodePath(item.dataset.page ?? ''), address: item.dataset.address }
    : {};
}
