// @ts-check
import { ago } from './words.js';

/**
 * Returns what is said of saving now; `undefined` where nothing is.
 * @param {import('./saving.js').Saving} saving @returns {string | undefined}
 */
export function savingSentence(saving) {
  const { texts, language } = saving.page;
  switch (saving.is) {
    case 'unsaved':
      return texts.unsaved;
    case 'saving':
      return texts.saving;
    case 'offline':
      return saving.hasCopy ? texts.offline : texts.offlineNoCopy;
    case 'out':
      return texts.loggedOut;
    case 'refused':
      return saving.page.fill(texts.refused, { sentence: saving.reason });
    case 'conflict':
      return saving.hasCopy ? texts.aside : texts.asideNoCopy;
    default: {
      if (saving.savedAt === undefined || saving.isOver) return undefined;
      if (saving.wrong !== '') {
        const label = document.querySelector(`label[for="${saving.wrong}"]`)?.textContent ?? saving.wrong;
        return saving.page.fill(texts.wrongField, { field: label });
      }
      const seconds = Math.max(0, (saving.page.now() - saving.savedAt) / 1000);
      return seconds < 1.5
        ? texts.savedJustNow
        : saving.page.fill(texts.savedAgo, { ago: ago(seconds, language) });
    }
  }
}

/** Shows it at its place on the page. @param {import('./saving.js').Saving} saving */
export function showSaving(saving) {
  const place = saving.page.piece('[data-saving]', HTMLElement);
  const sentence = savingSentence(saving);
  if (sentence === undefined) return;
  place.dataset.is = saving.is;
  if (place.textContent === sentence) return;
  place.textContent = sentence;
  if (saving.is !== 'out') return;
  const link = saving.page.link(saving.page.texts.logIn, '/studio/login');
  link.target = '_blank';
  place.append(' ', link);
}
