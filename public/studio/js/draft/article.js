// @ts-check

import { picture, player } from '../editor/commands.js';
import { ArticleEditor } from '../editor/editor.js';
import { openLinkForm } from '../editor/link-form.js';
import { openToolbar } from '../editor/toolbar.js';

const PLAIN = 'riascolta-plain-text';

/**
 * The article: as it will look, or as Markdown, as somebody likes it; the textarea always has the Markdown.
 * @param {import('./page.js').DraftPage} page
 * @param {import('./listening.js').Listening} listening
 * @param {import('./uploads/uploads.js').Uploads} uploads
 */
export function openArticle(page, listening, uploads) {
  const textarea = page.field('body', HTMLTextAreaElement);
  const place = page.piece('[data-rich]', HTMLElement);
  const hint = page.piece('#body-hint', HTMLElement);
  const toggle = page.piece('[data-markdown]', HTMLButtonElement);
  const { texts } = page;

  const editor = new ArticleEditor(
    textarea,
    place,
    {
      fileAddress: (file) => addressOf(page, uploads, file),
      soundName: (file) => listening.nameOf(file),
      playFrom: (file, seconds) => listening.playFrom(file, seconds),
      moment: () => listening.moment(),
      togglePlaying: () => listening.toggle(),
      skip: (seconds) => listening.skip(seconds),
      addFiles: (files) => uploads.add(files),
      words: { playFrom: texts.playFrom, remove: texts.remove, pictureMissing: texts.pictureMissing },
    },
    {
      labelledBy: 'body-label',
      describedBy: 'body-hint',
      changed: () => page.tell('changed'),
      moved: (state) => bar?.show(state),
      askLink: () => askLink(),
    },
  );
  const current = () => editor;
  const askLink = openLinkForm(page.piece('[data-link-form]', HTMLElement), current);
  const isRich = () => !place.hidden;

  const show = (/** @type {boolean} */ rich) => {
    if (rich) editor.read();
    place.hidden = !rich;
    textarea.hidden = rich;
    toggle.ariaPressed = String(!rich);
    hint.textContent = (rich ? hint.dataset.richHint : hint.dataset.plain) ?? '';
    page.piece('[data-editor]', HTMLElement).classList.toggle('is-plain', !rich);
  };
  const bar = openToolbar(page.piece('[data-toolbar]', HTMLElement), current, {
    link: () => askLink(),
    stamp: () => (isRich() ? editor.stamp() : stampPlainly()),
    player: () => {
      const moment = listening.moment();
      if (moment === undefined) return;
      const label = labelOf(page, uploads, moment.file);
      if (isRich()) editor.run(player(moment.file, label));
      else insertPlainly(`\n\n[${label}](${moment.file})\n\n`);
    },
  });
  toggle.addEventListener('click', () => {
    show(!isRich());
    remember(!isRich());
    if (isRich()) editor.view.focus();
    else textarea.focus();
  });
  const insertPlainly = (/** @type {string} */ text) => {
    textarea.focus();
    textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, 'end');
    page.tell('changed');
  };
  const stampPlainly = () => {
    editor.read();
    const moment = listening.moment();
    if (moment === undefined) return;
    const time = momentOfLink(moment.seconds);
    insertPlainly(`[${time}](${moment.file}#t=${time}) `);
  };
  textarea.addEventListener('keydown', (event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey) return;
    const act = {
      j: stampPlainly,
      ' ': () => listening.toggle(),
      ',': () => listening.skip(-5),
      '.': () => listening.skip(5),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  document.addEventListener('insert-picture', (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { file, name } = event.detail;
    if (isRich()) editor.run(picture(file, nameWithoutEnding(name)));
    else insertPlainly(`![${nameWithoutEnding(name)}](${file})`);
  });
  document.querySelector('label[for="body"]')?.addEventListener('click', (event) => {
    if (!isRich()) return;
    event.preventDefault();
    editor.view.focus();
  });
  show(!prefersPlain());
  return {
    text: () => textarea.value,
    setText: (/** @type {string} */ markdown) => {
      textarea.value = markdown;
      if (isRich()) editor.read();
      page.tell('changed');
    },
    /** After the textarea was filled from elsewhere. */
    refresh: () => isRich() && editor.read(),
  };
}

/** @param {number} seconds `8:12` */
function momentOfLink(seconds) {
  const whole = Math.floor(seconds);
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${Math.floor((whole % 3600) / 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest.padStart(5, '0')}` : rest;
}

/** @param {string} name */
const nameWithoutEnding = (name) => name.replace(/\.[^.]+$/, '');

/** What a player is called in the text: the segment's own title, else the episode's. @param {import('./page.js').DraftPage} page @param {import('./uploads/uploads.js').Uploads} uploads @param {string} file */
function labelOf(page, uploads, file) {
  const row = uploads.segmentRows().find((one) => one.file === file);
  const own = row?.element.querySelector('[name="segment-title[]"]');
  const title = own instanceof HTMLInputElement ? own.value.trim() : '';
  return title || page.field('title', HTMLInputElement).value.trim() || nameWithoutEnding(row?.name ?? file);
}

/** Where a picture of the text can be seen now. @param {import('./page.js').DraftPage} page @param {import('./uploads/uploads.js').Uploads} uploads @param {string} file */
function addressOf(page, uploads, file) {
  const row = uploads.rows.find((one) => one.file === file);
  if (row?.local !== undefined) return URL.createObjectURL(row.local);
  if (row !== undefined && row.upload !== '') return `/studio/drafts/${page.id}/uploads/${row.upload}`;
  return page.id === undefined ? '' : `/studio/drafts/${page.id}/files/${encodeURIComponent(file)}`;
}

/** Which way somebody likes to write, for the next time. */
function prefersPlain() {
  try {
    return localStorage.getItem(PLAIN) === 'yes';
  } catch {
    return false;
  }
}

/** @param {boolean} plain */
function remember(plain) {
  try {
    localStorage.setItem(PLAIN, plain ? 'yes' : 'no');
  } catch {
    // Then it is asked for each time.
  }
}
