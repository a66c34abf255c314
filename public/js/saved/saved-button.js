// @ts-check
import { episodePath, save, savingUnderWay } from './saved-saving.js';
import { forgetSaved, onSavedChange, readSaved } from './saved-store.js';
import { percentText, sizeText } from './saved-words.js';

/**
 * Gives a `<riascolta-save>` its states: to be saved, on its way, failed, saved.
 * @param {HTMLElement} element
 * @returns {{ start: () => void, end: () => void }}
 */
export function controlSaveButton(element) {
  const address = element.dataset.page ?? location.pathname;
  const ending = new AbortController();
  const { signal } = ending;
  /** @param {string} selector */
  const piece = (selector) => {
    const found = element.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}`);
    return found;
  };
  const startButton = piece('.save-start');
  const word = piece('.save-word');
  const [way, done, failure] = [piece('.save-way'), piece('.save-done'), piece('.save-failure')];
  const bar = piece('.save-bar');
  const asking = word.textContent;

  /** @param {HTMLElement} shown @param {string} [sentence] what went wrong */
  function show(shown, sentence = '') {
    const hadFocus = element.contains(document.activeElement);
    for (const part of [startButton, way, done]) part.hidden = part !== shown;
    failure.hidden = sentence === '';
    failure.textContent = sentence;
    const next = shown.matches('button') ? shown : shown.querySelector('button');
    if (hadFocus && next instanceof HTMLElement) next.focus();
  }

  async function present() {
    const saving = savingUnderWay(address);
    if (saving) {
      follow(saving);
      return;
    }
    const record = await readSaved(episodePath(address));
    if (signal.aborted || savingUnderWay(address)) return;
    if (record?.done) {
      piece('.save-size').textContent = sizeText(record.bytes);
      show(done);
      return;
    }
    word.textContent = (record ? word.dataset.resume : asking) ?? asking;
    show(startButton, failure.textContent ?? '');
  }

  /** @param {NonNullable<ReturnType<typeof savingUnderWay>>} saving */
  function follow(saving) {
    const update = () => {
      const { state, share } = saving;
      if (state === 'way') {
        piece('.save-number').textContent = percentText(share);
        if (bar instanceof HTMLProgressElement) bar.value = share;
        if (way.hidden) show(way);
      } else if (state === 'done' || state === 'cancelled') {
        failure.textContent = '';
        present();
      } else {
        word.textContent = word.dataset.again ?? asking;
        show(startButton, element.dataset[state] ?? '');
      }
    };
    saving.addEventListener('change', update, { signal });
    update();
  }

  element.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-save]') : null;
      const act = button?.getAttribute('data-save');
      if (act === 'cancel') savingUnderWay(address)?.cancel();
      if (act === 'remove') forgetSaved(episodePath(address)).then(present);
    },
    { signal },
  );
  onSavedChange(() => {
    if (!signal.aborted && !savingUnderWay(address) && failure.hidden) present();
  });
  present();
  return {
    start: () => {
      if (done.hidden) follow(save(address));
    },
    end: () => ending.abort(),
  };
}

/**
 * Saves an episode that is not on this page, and says on the button how far it is.
 * @param {string} address of the episode's page @param {HTMLElement} button
 */
export async function saveFromElsewhere(address, button) {
  const record = await readSaved(episodePath(address));
  if (record?.done) {
    button.dataset.share = sizeText(record.bytes);
    return;
  }
  const saving = save(address);
  const update = () => {
    if (saving.state === 'way' || saving.state === 'done') button.dataset.share = percentText(saving.share);
    else delete button.dataset.share;
  };
  saving.addEventListener('change', update);
  update();
}
