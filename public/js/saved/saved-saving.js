// @ts-check
import { download, NoRoom, NothingToSave } from './saved-download.js';
import { forgetSaved } from './saved-store.js';

/** What is being saved, by its page's path: it goes on while the visitor walks through the site. @type {Map<string, Saving>} */
const underWay = new Map();

/** @typedef {'way' | 'done' | 'cancelled' | 'failed' | 'room' | 'gone'} SavingState */

/** The saving of one episode. It says `change` whenever `state` or `share` (0 to 1) are others. */
class Saving extends EventTarget {
  /** @type {SavingState} */
  state = 'way';
  share = 0;
  #ending = new AbortController();
  /** @type {string} */
  #page;

  /** @param {string} address */
  constructor(address) {
    super();
    this.#page = episodePath(address);
    this.#run(address);
  }

  /** @param {string} address */
  async #run(address) {
    const progress = (/** @type {number} */ share) => this.#say('way', share);
    try {
      // Asked for once: most browsers decide without a word.
      await navigator.storage?.persist?.().catch(() => false);
      await download(address, { signal: this.#ending.signal, progress });
      underWay.delete(this.#page);
      this.#say('done', 1);
    } catch (error) {
      underWay.delete(this.#page);
      if (this.#ending.signal.aborted) await forgetSaved(this.#page);
      this.#say(this.#ending.signal.aborted ? 'cancelled' : stateOf(error), this.share);
    }
  }

  cancel() {
    this.#ending.abort();
  }

  /** @param {SavingState} state @param {number} share */
  #say(state, share) {
    if (state === this.state && Math.floor(share * 100) === Math.floor(this.share * 100)) return;
    this.state = state;
    this.share = share;
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {unknown} error @returns {SavingState} */
function stateOf(error) {
  if (error instanceof NoRoom) return 'room';
  return error instanceof NothingToSave ? 'gone' : 'failed';
}

/** @param {string} address @returns {string} */
export const episodePath = (address) => new URL(address, location.href).pathname;

/** @param {string} address of a page @returns {Saving | undefined} */
export const savingUnderWay = (address) => underWay.get(episodePath(address));

/** Begins to save an episode, or joins who does. @param {string} address of its page @returns {Saving} */
export function save(address) {
  const page = episodePath(address);
  const saving = underWay.get(page) ?? new Saving(address);
  underWay.set(page, saving);
  return saving;
}
