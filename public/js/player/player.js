// @ts-check

import { PlayerControls } from './controls.js';
import { engine } from './engine.js';

/** @typedef {import('./engine.js').Track} Track */

/** How near to where it plays a place is the same (seconds): who comes from the bar to the page hears on. */
const SAME = 4;

/**
 * A plain `<audio controls>`, whose place our controls take: controls of the engine for one segment of the page. What it
 * says comes from the page's `#player-controls`, so that the words are in the page's language.
 */
export class RiascoltaPlayer extends PlayerControls {
  inView = false;
  /** @type {Track | undefined} */
  known;

  connectedCallback() {
    const template = document.querySelector('#player-controls');
    if (!(template instanceof HTMLTemplateElement) || this.closest('riascolta-bar')) return;
    // In a page that Turbo brought back there is what was drawn before.
    this.querySelector('.player-face')?.remove();
    this.querySelector('audio')?.remove();
    this.append(template.content.cloneNode(true));
    this.classList.add('is-drawn');
    const menu = this.querySelector('.menu-body');
    const download = this.querySelector('.player-download');
    if (menu && download) menu.append(download.cloneNode(true));
    this.known = this.readTrack();
    this.attach();
    const { signal } = /** @type {AbortController} */ (this.ending);
    for (const name of ['state', 'time']) engine.addEventListener(name, () => this.say(), { signal });
    const views = new IntersectionObserver((entries) => {
      this.inView = entries.at(-1)?.isIntersecting ?? false;
      engine.tell('view');
    });
    views.observe(this);
    signal.addEventListener('abort', () => views.disconnect());
    this.say();
  }

  disconnectedCallback() {
    this.detach();
    this.inView = false;
  }

  /** @override */
  get track() {
    return this.known;
  }

  /** @returns {Track} */
  readTrack() {
    const track = JSON.parse(this.dataset.track ?? '{}');
    const chapters = this.id
      ? [...document.querySelectorAll(`.chapters a[data-start][data-segment="${this.dataset.segment}"]`)].map(
          (link) => ({
            start: Number(link.getAttribute('data-start')),
            title: link.querySelector('.chapter-title')?.textContent ?? '',
          }),
        )
      : [];
    return { ...track, chapters };
  }

  /** @param {number} seconds */
  seek(seconds) {
    if (this.playing && Math.abs(seconds - engine.place) < SAME) return;
    this.moveTo(seconds);
  }

  /** @override */
  play() {
    if (this.known && this.id)
      this.known.after = [...document.querySelectorAll('riascolta-player[id]')].flatMap((other) =>
        other instanceof RiascoltaPlayer && other.known && other.known.segment > Number(this.dataset.segment)
          ? [other.known]
          : [],
      );
    super.play();
  }

  /** Tells the page where it stands. */
  say() {
    if (!this.id || !this.active) return;
    const detail = { segment: Number(this.dataset.segment), place: engine.place, playing: engine.playing };
    document.dispatchEvent(new CustomEvent('riascolta:time', { detail }));
  }
}

customElements.define('riascolta-player', RiascoltaPlayer);
