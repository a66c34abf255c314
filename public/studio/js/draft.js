// @ts-check
import { Actions } from './draft/actions.js';
import { openArticle } from './draft/article.js';
import { openCompletions } from './draft/completion.js';
import { Cover } from './draft/cover.js';
import { Events } from './draft/events.js';
import { Filling } from './draft/filling.js';
import { openImport } from './draft/import-article.js';
import { Listening } from './draft/listening.js';
import { DraftPage } from './draft/page.js';
import { Preview } from './draft/preview.js';
import { restoreCopy } from './draft/restoring.js';
import { Saving } from './draft/saving.js';
import { showDefaults, showWhen } from './draft/show-fields.js';
import { Uploads } from './draft/uploads/uploads.js';

const form = document.querySelector('[data-draft]');
const data = document.querySelector('#draft-data')?.textContent;
if (form instanceof HTMLFormElement && data) open(form, JSON.parse(data));

/** @param {HTMLFormElement} form @param {import('./draft/page.js').DraftPageData} data */
function open(form, data) {
  const page = new DraftPage(form, data);
  const isRestored = restoreCopy(page);
  const saving = new Saving(page);
  const cover = new Cover(page);
  const uploads = new Uploads(page, saving, cover);
  cover.add = (files) => uploads.add(files, { cover: true });
  cover.forget = (id) => uploads.forget(id);
  const segments = () => uploads.segmentRows();
  const listening = new Listening(page, segments);
  const article = openArticle(page, listening, uploads);
  const filling = new Filling(page, segments);
  openCompletions(page);
  openImport(page, saving, filling, { ...article, showUploads: () => uploads.states.showAll() });
  showDefaults(page);
  showWhen(page);
  const events = new Events(page);
  new Preview(page, saving);
  new Actions(page, saving, uploads, events);
  form.classList.add('is-live');

  const isOurs = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element && target.hasAttribute('name');
  form.addEventListener('input', ({ target }) => {
    if (isOurs(target) && !(target instanceof HTMLInputElement && target.type === 'file'))
      page.tell('changed');
  });
  if (isRestored) page.tell('changed');
}
