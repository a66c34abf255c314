// @ts-check

import { PlayerControls } from './controls.js';
import { engine } from './engine.js';
import { RiascoltaPlayer } from './player.js';
import { queue, queued } from './queue.js';

/** The bar at the foot of every page, for what the engine plays: there while the page's own player for it is not in view. */
class RiascoltaBar extends PlayerControls {
  connectedCallback() {
    // It is taken out and put back whenever the page changes under it.
    if (this.ending) {
      this.show();
      return;
    }
    this.attach();
    this.setAttribute('role', 'region');
    document.documentElement.classList.add('has-deck');
    engine.addEventListener('view', () => this.appear());
    queue.addEventListener('change', () => this.count());
    new ResizeObserver(() => this.stand()).observe(this);
    this.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('.bar-link') : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const player = this.ownPlayer();
      if (!player) return;
      event.preventDefault();
      player.scrollIntoView({ block: 'center' });
      player.playButton?.focus({ preventScroll: true });
    });
    this.count();
    engine.recall();
  }

  /** @override */
  get track() {
    return engine.track;
  }

  /** The present page's player for what the engine plays. */
  ownPlayer() {
    return [...document.querySelectorAll('riascolta-player')].flatMap((player) =>
      player instanceof RiascoltaPlayer && player.active ? [player] : [],
    )[0];
  }

  /** @override */
  show() {
    const { track } = this;
    if (track) {
      this.piece('.bar-title', HTMLElement).textContent = track.title;
      this.piece('.bar-show', HTMLElement).textContent = track.show;
      this.piece('[data-download]', HTMLAnchorElement).href = track.src;
    }
    super.show();
    this.appear();
  }

  /** @override */
  showTime() {
    super.showTime();
    const { track } = this;
    if (!track) return;
    const address = new URL(track.page, location.href);
    if (track.segment > 0) address.searchParams.set('segment', String(track.segment + 1));
    if (engine.place >= 1) address.searchParams.set('t', String(Math.floor(engine.place)));
    this.piece('.bar-link', HTMLAnchorElement).href = address.pathname + address.search;
  }

  /** @override */
  leadsThroughText() {
    return this.ownPlayer() !== undefined && super.leadsThroughText();
  }

  appear() {
    const player = this.ownPlayer();
    const isCovered = player?.inView === true && !this.contains(document.activeElement);
    this.hidden = !this.track || isCovered;
    const picture = this.piece('.bar-picture', HTMLImageElement);
    const source = this.track?.picture ?? '';
    picture.hidden = source === '';
    // The sound comes first.
    if (!this.hidden && engine.state !== 'loading' && source !== '' && picture.getAttribute('src') !== source)
      picture.src = source;
    document.documentElement.classList.toggle('has-track', this.track !== undefined);
    this.stand();
  }

  /** Says how high it stands, so that nothing is under it. */
  stand() {
    document.documentElement.style.setProperty('--foot', `${this.hidden ? 0 : this.offsetHeight}px`);
  }

  count() {
    const { length } = queued();
    const button = this.piece('.bar-queue', HTMLButtonElement);
    const { label = '', many = '' } = button.dataset;
    this.piece('.bar-count', HTMLElement).textContent = length > 0 ? String(length) : '';
    button.ariaLabel = length > 0 ? many.replace('{count}', String(length)) : label;
  }
}

customElements.define('riascolta-bar', RiascoltaBar);
