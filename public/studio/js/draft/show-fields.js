// @ts-check
import { pictureIn } from './cover.js';

/** What a show says where the episode says nothing, in the fields that it is about. @param {import('./page.js').DraftPage} page */
export function showDefaults(page) {
  const select = page.form.elements.namedItem('show');
  const licence = page.piece('[data-licence]', HTMLInputElement);
  const cover = pictureIn(page.piece('[data-cover-frame]', HTMLElement), 'cover-default', '');
  const explicit = page.piece('[data-explicit]', HTMLOptionElement);
  const show = () => {
    const slug =
      select instanceof HTMLSelectElement || select instanceof HTMLInputElement ? select.value : '';
    const chosen = page.data.shows.find((each) => each.slug === slug);
    licence.placeholder = asShow(page, chosen?.licence ?? '');
    const said = chosen === undefined ? '' : chosen.explicit ? page.texts.yes : page.texts.no;
    explicit.textContent = asShow(page, said);
    cover.hidden = chosen === undefined;
    if (chosen !== undefined && !cover.src.endsWith(chosen.cover)) cover.src = chosen.cover;
  };
  if (select instanceof HTMLElement) select.addEventListener('change', show);
  show();
}

/** @param {import('./page.js').DraftPage} page @param {string} value */
const asShow = (page, value) =>
  value === '' ? page.texts.asShow : page.fill(page.texts.asShowWith, { value });

/** The day is asked for only when it is not now. @param {import('./page.js').DraftPage} page */
export function showWhen(page) {
  const when = page.piece('[data-when]', HTMLSelectElement);
  const place = page.piece('[data-when-date]', HTMLElement);
  const date = page.field('date', HTMLInputElement);
  const show = () => {
    place.hidden = when.value !== 'at';
  };
  when.addEventListener('change', () => {
    show();
    if (when.value === 'at' && date.value === '' && document.activeElement === when) date.focus();
  });
  show();
}
