// @ts-check

const SPEEDS = [1, 1.25, 1.5, 1.75, 2, 0.75];

/** The player that is in use: one sound at a time. @type {RiascoltaPlayer | undefined} */
let current;

/** @param {number} seconds @returns {string} `08:12`, or `1:04:09` */
function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}

/**
 * A plain `<audio controls>` with a bar of its own drawn over it. What it says comes from the page's
 * `#player-controls` template, so that the words stay in the page's language.
 */
export class RiascoltaPlayer extends HTMLElement {
  /** Where to begin once the audio has come (seconds). @type {number | undefined} */
  wanted;
  /** @type {HTMLAudioElement | undefined} */
  audio;
  /** Whether anybody wanted to hear it: what fails before that is nobody's concern. */
  asked = false;

  connectedCallback() {
    const audio = this.querySelector('audio');
    const template = document.querySelector('#player-controls');
    if (this.audio || !audio || !(template instanceof HTMLTemplateElement)) return;
    this.audio = audio;
    this.append(template.content.cloneNode(true));
    audio.controls = false;
    this.classList.add('is-drawn');
    this.playButton = this.piece('.player-play', HTMLButtonElement);
    this.seekBar = this.piece('.player-seek', HTMLInputElement);
    this.seekBar.max = String(this.length);
    this.listen(audio);
    this.show();
  }

  /** @template {HTMLElement} T @param {string} selector @param {new () => T} kind @returns {T} */
  piece(selector, kind) {
    const found = this.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The player has no ${selector}`);
    return found;
  }

  /** Seconds; as the page has it until the audio itself says. */
  get length() {
    const known = this.audio?.duration ?? Number.NaN;
    return Number.isFinite(known) && known > 0 ? known : Number(this.dataset.seconds) || 1;
  }

  /** Where it stands, or will stand once the audio has come (seconds). @returns {number} */
  get place() {
    return this.wanted ?? this.audio?.currentTime ?? 0;
  }

  get playing() {
    return this.audio !== undefined && !this.audio.paused;
  }

  /** @param {HTMLAudioElement} audio */
  listen(audio) {
    for (const name of [
      'play',
      'pause',
      'ended',
      'timeupdate',
      'durationchange',
      'seeking',
      'playing',
      'waiting',
    ]) {
      audio.addEventListener(name, (event) => this.heard(event.type));
    }
    audio.addEventListener('loadedmetadata', () => {
      if (this.wanted === undefined) return;
      audio.currentTime = this.wanted;
      this.wanted = undefined;
    });
    // A `<source>` that fails says so itself, and its event does not bubble.
    this.addEventListener('error', () => this.fail(true), true);
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.dataset.act) this.act(button.dataset.act, button);
    });
    this.seekBar?.addEventListener('input', () => this.seek(Number(this.seekBar?.value)));
    this.seekBar?.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 }[
        event.key
      ];
      if (step === undefined) return;
      event.preventDefault();
      this.seek(this.place + step);
    });
  }

  /** @param {string} act @param {HTMLButtonElement} button */
  act(act, button) {
    if (act === 'play') this.toggle();
    if (act === 'back') this.seek(this.place - 15);
    if (act === 'forward') this.seek(this.place + 30);
    if (act === 'speed' && this.audio) {
      const speed = SPEEDS[(SPEEDS.indexOf(this.audio.playbackRate) + 1) % SPEEDS.length] ?? 1;
      this.audio.defaultPlaybackRate = speed;
      this.audio.playbackRate = speed;
      button.textContent = `${speed.toLocaleString(document.documentElement.lang)}×`;
      button.ariaLabel = `${button.dataset.label}: ${button.textContent}`;
    }
  }

  toggle() {
    if (this.playing) this.audio?.pause();
    else this.play();
  }

  play() {
    const { audio } = this;
    if (!audio) return;
    this.asked = true;
    // It may have failed before this script came; then `play` alone would wait for ever.
    if (this.classList.contains('is-failed') || audio.networkState === audio.NETWORK_NO_SOURCE) {
      this.wanted = this.place;
      this.fail(false);
      audio.load();
    }
    audio.play().catch((error) => {
      if (error.name === 'NotSupportedError') this.fail(true);
    });
  }

  /** @param {number} seconds */
  seek(seconds) {
    const { audio } = this;
    if (!audio) return;
    const place = Math.min(Math.max(0, seconds), this.length);
    if (audio.readyState === 0) this.wanted = place;
    else audio.currentTime = place;
    this.show();
  }

  /** @param {number} seconds */
  playFrom(seconds) {
    this.seek(seconds);
    this.play();
  }

  /** @param {string} what */
  heard(what) {
    if (what === 'play') this.takeOver();
    if (what === 'playing') this.fail(false);
    if (what === 'durationchange' && this.seekBar) this.seekBar.max = String(this.length);
    this.classList.toggle('is-waiting', what === 'waiting');
    this.show();
  }

  takeOver() {
    if (current !== this) {
      current?.audio?.pause();
      current?.classList.remove('is-current');
    }
    current = this;
    this.classList.add('is-current');
    if (!('mediaSession' in navigator)) return;
    const picture = document.querySelector('meta[property="og:image"]')?.getAttribute('content');
    navigator.mediaSession.metadata = new MediaMetadata({
      title: this.querySelector('.player-title')?.textContent ?? document.title,
      artist: document.querySelector('meta[property="og:site_name"]')?.getAttribute('content') ?? '',
      artwork: picture ? [{ src: picture }] : [],
    });
    navigator.mediaSession.setActionHandler('seekbackward', () => current?.seek(current.place - 15));
    navigator.mediaSession.setActionHandler('seekforward', () => current?.seek(current.place + 30));
  }

  /** @param {boolean} failed */
  fail(failed) {
    const failure = this.piece('.player-failure', HTMLParagraphElement);
    this.classList.toggle('is-failed', failed);
    failure.hidden = !failed || !this.asked;
    failure.textContent = failure.hidden ? '' : (failure.dataset.sentence ?? '');
    if (!failed) return;
    this.classList.remove('is-waiting');
    // Else it counts as playing, and the button that should try again would stop it.
    this.audio?.pause();
  }

  show() {
    const { seekBar, playButton, place, length, playing } = this;
    if (!seekBar || !playButton) return;
    seekBar.value = String(place);
    seekBar.style.setProperty('--progress', String(place / length));
    seekBar.ariaValueText = `${clock(place)} / ${clock(Math.round(length))}`;
    this.piece('.player-elapsed', HTMLElement).textContent = clock(place);
    this.piece('.player-left', HTMLElement).textContent = `−${clock(Math.round(length) - Math.floor(place))}`;
    this.classList.toggle('is-playing', playing);
    playButton.ariaLabel = (playing ? playButton.dataset.pause : playButton.dataset.play) ?? '';
  }
}

customElements.define('riascolta-player', RiascoltaPlayer);
