// @ts-check
import { clock } from '../clock.js';
import { engine } from './engine.js';
import { savedPosition } from './listening-memory.js';
import { enqueue } from './queue.js';
import { Waveform } from './waveform.js';

/** @typedef {import('./engine.js').Track} Track */

/** Seconds by which a key on the waveform moves. @type {Record<string, number>} */
const STEPS = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 };

/** iOS leaves the volume to its buttons. */
function hasVolume() {
  const { audio } = engine;
  const { volume } = audio;
  audio.volume = 0.5;
  const isSet = audio.volume === 0.5;
  audio.volume = volume;
  return isSet;
}

/** Controls of the engine for one sound: a player on the page, or the bar at its foot. */
export class PlayerControls extends HTMLElement {
  /** Where it would begin (seconds), while something else or nothing is loaded. @type {number | undefined} */
  wanted;
  /** @type {AbortController | undefined} */
  ending;
  /** @type {Waveform | undefined} */
  wave;

  /** @returns {Track | undefined} */
  get track() {
    return undefined;
  }

  get active() {
    return engine.has(this.track);
  }

  /** Where it stands, or would begin (seconds). @returns {number} */
  get place() {
    return this.active ? engine.place : (this.wanted ?? savedPosition(this.track?.src ?? ''));
  }

  /** Seconds. */
  get length() {
    return this.active ? engine.length : this.track?.seconds || 1;
  }

  get playing() {
    return this.active && engine.playing;
  }

  /** @param {number} seconds */
  moveTo(seconds) {
    if (this.active) engine.seek(seconds);
    else {
      this.wanted = Math.min(Math.max(0, seconds), this.length);
      this.show();
    }
  }

  play() {
    const { track } = this;
    if (track) engine.load(track, { at: this.active ? undefined : this.place, play: true });
  }

  /** @param {number} seconds */
  playFrom(seconds) {
    this.moveTo(seconds);
    this.play();
  }

  toggle() {
    if (this.playing) engine.pause();
    else this.play();
  }

  /** @template {HTMLElement} T @param {string} selector @param {new () => T} kind @returns {T} */
  piece(selector, kind) {
    const found = this.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The player has no ${selector}`);
    return found;
  }

  /** Binds what was drawn to the engine, until `detach`. */
  attach() {
    this.ending = new AbortController();
    const { signal } = this.ending;
    this.seekBar = this.piece('.player-seek', HTMLInputElement);
    this.playButton = this.piece('.player-play', HTMLButtonElement);
    this.hint = this.piece('.player-hint', HTMLElement);
    this.wave = new Waveform(this.piece('canvas', HTMLCanvasElement), signal);
    this.listen(this.seekBar, signal);
    for (const name of ['track', 'state']) engine.addEventListener(name, () => this.show(), { signal });
    engine.addEventListener('time', () => this.active && this.showTime(), { signal });
    const volume = this.querySelector('[data-set="volume"]');
    if (volume && !hasVolume()) volume.closest('label')?.remove();
    this.show();
  }

  detach() {
    this.ending?.abort();
  }

  /** @param {HTMLInputElement} seekBar @param {AbortSignal} signal */
  listen(seekBar, signal) {
    this.addEventListener(
      'click',
      (event) => {
        const button = event.target instanceof Element ? event.target.closest('button') : null;
        if (button?.dataset.act) this.act(button.dataset.act, button);
      },
      { signal },
    );
    this.addEventListener('input', (event) => this.set(event.target), { signal });
    seekBar.addEventListener(
      'keydown',
      (event) => {
        const step = STEPS[event.key];
        if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        this.moveTo(this.place + step);
      },
      { signal },
    );
    const aim = (/** @type {PointerEvent} */ { offsetX }) =>
      this.point(Math.min(1, Math.max(0, offsetX / seekBar.offsetWidth)));
    seekBar.addEventListener('pointermove', aim, { signal });
    seekBar.addEventListener('focus', () => seekBar.matches(':focus-visible') && this.point(), { signal });
    for (const name of ['pointerleave', 'pointercancel', 'blur'])
      seekBar.addEventListener(name, () => this.hint?.toggleAttribute('hidden', true), { signal });
  }

  /** Says what is at a place of the waveform. @param {number} [share] of 1; where it stands, without */
  point(share) {
    const { hint, length } = this;
    if (!hint) return;
    this.isAtPlace = share === undefined;
    const seconds = share === undefined ? this.place : share * length;
    hint.hidden = false;
    hint.textContent = [clock(seconds), this.chapterAt(seconds)].filter(Boolean).join(' ');
    hint.style.setProperty('--at', String(seconds / length));
  }

  isAtPlace = false;

  /** @param {number} seconds @returns {string} */
  chapterAt(seconds) {
    return this.track?.chapters?.findLast(({ start }) => start <= seconds + 0.25)?.title ?? '';
  }

  /** @param {EventTarget | null} control */
  set(control) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) return;
    if (control === this.seekBar) {
      this.moveTo(Number(control.value));
      return;
    }
    const { set } = control.dataset;
    if (set === 'speed') engine.speed = Number(control.value);
    if (set === 'volume') engine.volume = Number(control.value);
    if (set === 'sleep') void import('./sleep-timer.js').then(({ sleepAfter }) => sleepAfter(control.value));
  }

  /** @param {string} act @param {HTMLElement} button */
  act(act, button) {
    const { track, place } = this;
    if (act === 'play') this.toggle();
    else if (act === 'back') this.moveTo(place - 15);
    else if (act === 'forward') this.moveTo(place + 30);
    else if (act === 'restart') this.playFrom(0);
    else if (act === 'close') engine.close();
    else if (act === 'queue' || act === 'keys')
      void import('./dialogs.js').then(({ openDialog }) => openDialog(act));
    else if ((act === 'next' || act === 'last') && track) enqueue([track], act === 'next');
    else if (act === 'rest' && track)
      void import('./rest-of-show.js').then(({ enqueueRest }) => enqueueRest(track));
    else
      this.dispatchEvent(
        new CustomEvent('riascolta:act', {
          bubbles: true,
          detail: { act, segment: track?.segment ?? 0, place, button, track },
        }),
      );
    if (!button.closest('details.menu')) return;
    button.closest('details.menu')?.removeAttribute('open');
    button.closest('details.menu')?.querySelector('summary')?.focus();
  }

  show() {
    const { track, playButton, playing, active } = this;
    if (!track || !playButton) return;
    const state = active ? engine.state : 'idle';
    this.classList.toggle('is-active', active);
    this.classList.toggle('is-playing', playing);
    this.classList.toggle('is-waiting', state === 'loading' || state === 'waiting');
    const { play = '', pause = '', resume = '' } = playButton.dataset;
    const left = this.place < this.length - 1 ? this.place : 0;
    playButton.ariaLabel = playing ? pause : left >= 1 ? resume.replace('{time}', clock(left)) : play;
    this.showFailure(state === 'failed');
    for (const [name, value] of Object.entries({ speed: engine.speed, volume: engine.volume })) {
      const control = this.querySelector(`[data-set="${name}"]`);
      if (control instanceof HTMLSelectElement || control instanceof HTMLInputElement)
        control.value = String(value);
    }
    const follow = this.querySelector('[data-act="follow"]');
    if (follow instanceof HTMLElement) follow.hidden = !this.leadsThroughText();
    this.wave?.show(
      track.src,
      (track.chapters ?? []).map(({ start }) => start / this.length),
    );
    this.showTime();
  }

  /** @param {boolean} hasFailed */
  showFailure(hasFailed) {
    const failure = this.piece('.player-failure', HTMLElement);
    failure.hidden = !hasFailed;
    const { again = '', offline = '' } = failure.dataset;
    const seconds = Math.max(1, Math.round(((engine.againAt ?? 0) - Date.now()) / 1000));
    const sentence = navigator.onLine ? again.replace('{seconds}', String(seconds)) : offline;
    failure.textContent = hasFailed ? sentence : '';
  }

  showTime() {
    const { seekBar, place, length } = this;
    if (!seekBar) return;
    const chapter = this.chapterAt(place);
    seekBar.max = String(length);
    seekBar.value = String(place);
    seekBar.ariaValueText = [`${clock(place)} / ${clock(Math.round(length))}`, chapter]
      .filter(Boolean)
      .join(', ');
    this.piece('.player-elapsed', HTMLElement).textContent = clock(place);
    this.piece('.player-left', HTMLElement).textContent = `−${clock(Math.round(length) - Math.floor(place))}`;
    const line = this.piece('.player-chapter', HTMLElement);
    const resume = line.dataset.resume?.replace('{time}', clock(place)) ?? '';
    const said = this.active || place < 1 ? chapter : resume;
    if (line.textContent !== said) line.textContent = said;
    this.wave?.draw(place / length);
    if (this.hint && !this.hint.hidden && this.isAtPlace) this.point();
  }

  /** Whether the page has a text for this sound through which it can lead. */
  leadsThroughText() {
    const at = `[data-segment="${this.track?.segment}"]`;
    return document.querySelector(`.article a[data-start]${at}, details.transcript${at}`) !== null;
  }
}
