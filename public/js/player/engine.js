// @ts-check
import { playerSetting, readMemory, savedPosition, savePosition, writeMemory } from './listening-memory.js';

/**
 * A sound and what is said of it. `type`: its media type; `page`: the address of its episode; `picture`: of its cover; `segment`
 * from 0; `after`: what goes on by itself at its end.
 * @typedef {{ src: string, type: string, title: string, show: string, page: string, picture: string, seconds: number,
 *   segment: number, chapters?: { start: number, title: string }[], after?: Track[] }} Track
 */
/** @typedef {'idle' | 'paused' | 'loading' | 'waiting' | 'playing' | 'failed'} State */

const NOW = 'riascolta:now';
/** Pauses before another try (seconds); the last one again and again. */
const TRIES = [1, 2, 4, 8, 15, 30];
const STEP = 0.25;

/**
 * The one that sounds: one `<audio>`, outside of the page's body, so that a change of page never touches it. Events: `track`
 * when another sound is put on, `state`, `time`, `ended` when one came to its end.
 */
class Engine extends EventTarget {
  audio = new Audio();
  /** @type {Track | undefined} */
  track;
  /** @type {State} */
  state = 'idle';
  /** Whether it should sound: also while it waits for the network. */
  wanted = false;
  /** Where it begins once the sound has come (seconds). @type {number | undefined} */
  start;
  tries = 0;
  /** When it tries again (milliseconds since 1970). @type {number | undefined} */
  againAt;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  again;
  told = -1;
  kept = 0;

  constructor() {
    super();
    const { audio } = this;
    audio.preload = 'none';
    audio.hidden = true;
    audio.volume = playerSetting('volume', 0, 1);
    document.documentElement.append(audio);
    audio.addEventListener('loadedmetadata', () => {
      audio.playbackRate = this.speed;
      if (this.start !== undefined) audio.currentTime = Math.min(this.start, this.length);
      this.start = undefined;
      this.tell('time');
    });
    audio.addEventListener('playing', () => {
      this.tries = 0;
      this.become('playing');
    });
    audio.addEventListener('waiting', () => this.wanted && this.become('waiting'));
    audio.addEventListener('pause', () => {
      this.keep();
      if (!audio.paused || this.state === 'failed' || audio.error) return;
      // Also when the system paused it: for a call, or since its headphones went.
      if (!audio.ended) this.wanted = false;
      this.become('paused');
    });
    audio.addEventListener('ended', () => {
      this.wanted = false;
      this.tell('state');
      this.tell('ended');
    });
    audio.addEventListener('error', () => this.fail());
    for (const name of ['timeupdate', 'seeking', 'seeked', 'durationchange'])
      audio.addEventListener(name, () => this.moved(name === 'timeupdate'));
    addEventListener('online', () => this.wanted && audio.readyState < 3 && this.retry());
    addEventListener('pagehide', () => this.keep());
  }

  get speed() {
    return playerSetting('speed', 0.5, 3);
  }

  set speed(speed) {
    writeMemory('riascolta:speed', speed);
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
    this.tell('state');
  }

  get volume() {
    return this.audio.muted ? 0 : this.audio.volume;
  }

  set volume(volume) {
    writeMemory('riascolta:volume', volume);
    this.audio.muted = false;
    this.audio.volume = volume;
    this.tell('state');
  }

  /** Where it stands, or will once the sound has come (seconds). */
  get place() {
    return this.start ?? this.audio.currentTime;
  }

  /** Seconds; as the page says until the sound itself does. */
  get length() {
    const { duration } = this.audio;
    return duration > 0 && Number.isFinite(duration) ? duration : this.track?.seconds || 1;
  }

  get playing() {
    return this.wanted;
  }

  /** @param {Track | undefined} track */
  has(track) {
    return track !== undefined && this.track?.src === track.src;
  }

  /**
   * Puts a sound on, where it was left unless told. `play`: and plays it.
   * @param {Track} track @param {{ at?: number | undefined, play?: boolean }} [how]
   */
  load(track, { at, play = false } = {}) {
    if (this.has(track)) {
      this.track = track;
      if (at !== undefined) this.seek(at);
    } else {
      this.keep();
      this.calm();
      this.wanted = play;
      this.track = track;
      this.audio.src = track.src;
      this.audio.preservesPitch = true;
      this.start = at ?? savedPosition(track.src);
      this.tell('track');
      this.become(play ? 'loading' : 'paused');
      this.tell('time');
    }
    if (play) this.play();
  }

  play() {
    const { audio } = this;
    if (!this.track) return;
    this.wanted = true;
    if (this.state === 'failed' || audio.error) {
      this.retry();
      return;
    }
    if (audio.readyState < 3) this.become('loading');
    audio.play().catch((error) => {
      if (error.name !== 'NotAllowedError') return;
      this.wanted = false;
      this.become('paused');
    });
    this.tell('begin');
  }

  pause() {
    this.wanted = false;
    this.calm();
    this.audio.pause();
    if (this.state !== 'paused') this.become('paused');
  }

  toggle() {
    if (this.wanted) this.pause();
    else this.play();
  }

  /** @param {number} seconds */
  seek(seconds) {
    const place = Math.min(Math.max(0, seconds), this.length);
    if (this.audio.readyState === 0) this.start = place;
    else this.audio.currentTime = place;
    this.moved(false);
  }

  /** Takes the sound off. */
  close() {
    this.pause();
    this.keep();
    this.track = undefined;
    this.audio.removeAttribute('src');
    this.audio.load();
    writeMemory(NOW, null, sessionStorage);
    this.become('idle');
    this.tell('track');
  }

  fail() {
    const { audio, track } = this;
    if (!track || !audio.error) return;
    this.start = this.place;
    // Else it counts as playing, and the button that should try again would stop it.
    audio.pause();
    const pause = TRIES[Math.min(this.tries++, TRIES.length - 1)] ?? 30;
    this.calm();
    // What fails before anybody wants to hear it is nobody's concern.
    if (!this.wanted) return;
    this.againAt = Date.now() + pause * 1000;
    this.again = setTimeout(() => this.retry(), pause * 1000);
    this.become('failed');
  }

  retry() {
    this.calm();
    this.start = this.place;
    this.audio.load();
    this.become('loading');
    this.play();
  }

  calm() {
    clearTimeout(this.again);
    this.againAt = undefined;
  }

  /** @param {State} state */
  become(state) {
    this.state = state;
    this.tell('state');
  }

  /** About four times a second, and whenever it is sought. @param {boolean} isPlain */
  moved(isPlain) {
    if (isPlain && Math.abs(this.place - this.told) < STEP * 0.8) return;
    this.told = this.place;
    if (Date.now() - this.kept > 5000) this.keep();
    this.tell('time');
  }

  keep() {
    if (!this.track || this.audio.readyState === 0) return;
    this.kept = Date.now();
    const place = this.audio.ended ? 0 : this.place;
    savePosition(this.track.src, place, this.length);
    writeMemory(NOW, { track: this.track, place }, sessionStorage);
  }

  /** Puts on, silent, what this window was hearing before it went to another page. */
  recall() {
    const now = /** @type {{ track?: Track, place?: number } | null} */ (readMemory(NOW, sessionStorage));
    if (!this.track && typeof now?.track?.src === 'string')
      this.load(now.track, { at: Number(now.place) || 0 });
  }

  /** @param {string} name */
  tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

export const engine = new Engine();

// One sound for all windows and frames of the site. A sandboxed frame may have no channel.
try {
  const pages = new BroadcastChannel('riascolta');
  const sounding = Math.random().toString(36).slice(2);
  engine.addEventListener('begin', () => pages.postMessage({ sounding }));
  pages.addEventListener('message', ({ data }) => {
    if (typeof data?.sounding === 'string' && data.sounding !== sounding) engine.pause();
  });
} catch {
  // It is heard beside the others.
}
