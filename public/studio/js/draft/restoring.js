// @ts-check
import { copyOf, entriesOf, forgetCopy, keepCopy, restoreInto } from './local-copy.js';

/** @typedef {import('./local-copy.js').LocalCopy} LocalCopy */

/**
 * Brings back what was written and never reached the server: after a crash, a closed tab, a lost network. What somebody
 * else has overtaken meanwhile is not put over their text, but offered beside it. Returns whether anything was brought back.
 * @param {import('./page.js').DraftPage} page
 */
export function restoreCopy(page) {
  if (new URLSearchParams(location.search).has('resolved')) {
    forgetCopy(page.id);
    forgetCopy(page.id, 'aside');
    history.replaceState(null, '', location.pathname);
    return false;
  }
  const copy = copyOf(page.id);
  const isNews = copy !== undefined && JSON.stringify(copy.entries) !== JSON.stringify(entriesOf(page.form));
  if (!isNews) forgetCopy(page.id);
  const isOvertaken = isNews && page.id !== undefined && copy.revision !== page.revision;
  if (isOvertaken && keepCopy(page.id, copy, 'aside')) forgetCopy(page.id);
  const aside = copyOf(page.id, 'aside');
  if (aside !== undefined) offer(page, aside);
  if (!isNews || isOvertaken) return false;
  restoreInto(page.form, copy);
  page.note('restored', page.fill(page.texts.restored, { when: spoken(page, copy) }), [
    page.button(page.texts.dropRestored, () => {
      forgetCopy(page.id);
      location.reload();
    }),
  ]);
  return true;
}

/** @param {import('./page.js').DraftPage} page @param {LocalCopy} copy */
const spoken = (page, copy) =>
  new Intl.DateTimeFormat(page.language, { dateStyle: 'medium', timeStyle: 'short' }).format(copy.at);

/** @param {import('./page.js').DraftPage} page @param {LocalCopy} aside */
function offer(page, aside) {
  const compare = document.createElement('button');
  compare.className = 'button small';
  compare.textContent = page.texts.compare;
  compare.setAttribute('form', page.form.id);
  compare.setAttribute('formaction', `/studio/drafts/${page.id}/conflict`);
  // The form is sent with the text that was overtaken in it.
  compare.addEventListener('click', () => restoreInto(page.form, aside));
  page.note('aside', page.fill(page.texts.overtaken, { when: spoken(page, aside) }), [
    compare,
    page.button(page.texts.dropOvertaken, () => {
      forgetCopy(page.id, 'aside');
      page.dropNote('aside');
    }),
  ]);
}
