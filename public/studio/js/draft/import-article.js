// @ts-check
import { ask, Refusal } from '../server.js';

/**
 * An article from an address: fields that are empty are filled, a text that is there stays, and that of the article is
 * offered.
 * @param {import('./page.js').DraftPage} page
 * @param {import('./saving.js').Saving} saving
 * @param {import('./filling.js').Filling} filling
 * @param {{ text(): string, setText(markdown: string): void, showUploads(): void }} rest
 */
export function openImport(page, saving, filling, rest) {
  const input = page.piece('[data-import]', HTMLInputElement);
  const button = page.piece('[data-import-button]', HTMLButtonElement);
  const hint = page.piece('[data-import-hint]', HTMLElement);
  const usual = hint.textContent ?? '';
  let isBusy = false;

  const run = async () => {
    const address = input.value.trim();
    if (address === '' || isBusy) return input.focus();
    isBusy = true;
    hint.textContent = page.texts.importing;
    hint.classList.remove('problem-text');
    page.say(page.texts.importing);
    try {
      const draft = await saving.ensureDraft();
      take(await ask('POST', `/studio/drafts/${draft}/import`, { address: withScheme(address) }));
      hint.textContent = usual;
      input.value = '';
    } catch (error) {
      hint.textContent = error instanceof Refusal ? error.sentence : page.texts.offline;
      hint.classList.add('problem-text');
      page.say(hint.textContent ?? '');
    }
    isBusy = false;
  };

  /** @param {import('../../../../src/studio/draft/import-article.ts').ImportedFields & { shownDate: string }} found */
  const take = (found) => {
    for (const name of /** @type {const} */ (['title', 'byline', 'summary', 'source']))
      filling.fill(name, found[name], 'article');
    filling.fill('tags', found.tags.join(', '), 'article');
    filling.fill('categories', found.categories.join(', '), 'article');
    filling.fill('date', found.shownDate, 'article');
    filling.fill('coverAlt', found.coverAlt, 'article');
    rest.showUploads();
    if (rest.text().trim() === '') {
      rest.setText(found.body);
      page.note('imported', page.texts.imported);
    } else offer(found.body);
    page.tell('changed');
  };

  /** @param {string} body */
  const offer = (body) => {
    const put = (/** @type {string} */ text) => () => {
      rest.setText(text);
      page.dropNote('imported');
    };
    page.note('imported', page.texts.importedBeside, [
      page.button(page.texts.insertImported, () => put(`${rest.text().trimEnd()}\n\n${body}`)()),
      page.button(page.texts.replaceImported, put(body)),
    ]);
  };

  button.addEventListener('click', (event) => {
    event.preventDefault();
    run();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    run();
  });
  // Whoever pastes a link wants what is behind it.
  input.addEventListener('paste', () => setTimeout(run, 0));
}

/** @param {string} address */
const withScheme = (address) => (/^[a-z]+:/i.test(address) ? address : `https://${address}`);
