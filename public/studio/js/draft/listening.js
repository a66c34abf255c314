// @ts-check
import { momentText } from '../../../../src/site/view-models/durations.ts';

const SPEEDS = [1, 1.25, 1.5, 1.75, 2, 0.75];

/** A sound that can be heard: under the name that it has in the episode. @typedef {{ file: string, name: string, url: string, place: number }} Sound */

/** The player beside the text: hears each segment as soon as it was chosen, and knows the moment for the text. */
export class Listening {
  /** @param {import('./page.js').DraftPage} page @param {() => import('./uploads/file-row.js').FileRow[]} segments */
  constructor(page, segments) {
    this.page = page;
    this.segments = segments;
    this.audio = document.createElement('audio');
    this.audio.preload = 'metadata';
    this.bar = page.piece('[data-listen]', HTMLElement);
    this.playButton = page.piece('[data-listen-play]', HTMLButtonElement);
    this.seekBar = page.piece('[data-listen-seek]', HTMLInputElement);
    this.which = page.piece('[data-listen-which]', HTMLSelectElement);
    this.time = page.piece('[data-listen-time]', HTMLElement);
    this.problem = page.piece('[data-listen-problem]', HTMLElement);
    this.stampButton = page.piece('[data-tool="stamp"]', HTMLButtonElement);
    this.playerButton = page.piece('[data-tool="player"]', HTMLButtonElement);
    /** @type {Sound[]} */
    this.sounds = [];
    /** @type {Sound | undefined} */
    this.sound = undefined;
    /** Where to begin once the sound has come (s). @type {number | undefined} */
    this.wanted = undefined;
    /** @type {Map<File, string>} */
    this.local = new Map();
    this.listen();
    page.on('sounds', () => this.refresh());
    page.on('state', () => this.refresh());
    page.on('created', () => this.refresh());
    this.refresh();
  }

  listen() {
    for (const name of ['play', 'pause', 'ended', 'timeupdate', 'durationchange', 'seeked', 'loadedmetadata'])
      this.audio.addEventListener(name, () => this.show());
    this.audio.addEventListener('loadedmetadata', () => {
      this.problem.hidden = true;
      if (this.wanted !== undefined) this.audio.currentTime = this.wanted;
      this.wanted = undefined;
    });
    this.audio.addEventListener('error', () => {
      if (!this.audio.hasAttribute('src')) return;
      this.problem.textContent = this.page.texts.notPlayable;
      this.problem.hidden = false;
    });
    this.playButton.addEventListener('click', () => this.toggle());
    this.which.addEventListener('change', () => this.choose(this.which.value, false));
    this.seekBar.addEventListener('input', () => this.seek(Number(this.seekBar.value)));
    this.bar.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const step = Number(button?.dataset.listenSkip);
      if (step) this.skip(step);
      if (button?.dataset.words !== undefined) this.faster(button);
    });
  }

  /** @param {HTMLButtonElement} button */
  faster(button) {
    const speed = SPEEDS[(SPEEDS.indexOf(this.audio.playbackRate) + 1) % SPEEDS.length] ?? 1;
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
    button.textContent = `${speed.toLocaleString(this.page.language)}×`;
    button.ariaLabel = `${button.dataset.words}: ${button.textContent}`;
  }

  /** What can be heard now: files as they were chosen, else as the server has them. */
  refresh() {
    const before = this.sounds;
    this.sounds = this.segments().flatMap((row) => {
      const url = this.urlOf(row);
      const place = before.find(({ file }) => file === row.file)?.place ?? 0;
      return row.file === '' || url === '' ? [] : [{ file: row.file, name: row.name, url, place }];
    });
    if (JSON.stringify(before) !== JSON.stringify(this.sounds)) {
      this.which.replaceChildren(...this.sounds.map(({ file, name }) => new Option(name, file)));
      this.which.hidden = this.sounds.length < 2;
    }
    const present = this.sounds.find(({ file }) => file === this.sound?.file) ?? this.sounds[0];
    if (present !== undefined && present.url !== this.sound?.url)
      this.choose(present.file, !this.audio.paused);
    if (present === undefined) {
      this.sound = undefined;
      this.audio.removeAttribute('src');
    }
    this.bar.hidden = this.sounds.length === 0;
    this.show();
  }

  /** @param {import('./uploads/file-row.js').FileRow} row */
  urlOf(row) {
    if (row.local !== undefined) {
      const known = this.local.get(row.local);
      if (known !== undefined) return known;
      const made = URL.createObjectURL(row.local);
      this.local.set(row.local, made);
      return made;
    }
    const { id } = this.page;
    if (id === undefined || row.kindOfState() === 'refused') return '';
    if (row.upload === '') return `/studio/drafts/${id}/files/${encodeURIComponent(row.file)}`;
    return row.view?.state === 'ready' ? `/studio/drafts/${id}/uploads/${row.upload}` : '';
  }

  /** @param {string} file @param {boolean} plays @param {number} [from] */
  choose(file, plays, from) {
    const next = this.sounds.find((sound) => sound.file === file);
    if (next === undefined) return;
    if (this.sound !== undefined) {
      const left = this.sounds.find((sound) => sound.file === this.sound?.file);
      if (left !== undefined) left.place = this.audio.currentTime;
    }
    if (next.url !== this.audio.getAttribute('src')) {
      this.problem.hidden = true;
      this.wanted = from ?? next.place;
      this.audio.src = next.url;
    } else if (from !== undefined) this.seek(from);
    this.sound = next;
    this.which.value = file;
    if (plays) this.play();
    this.show();
  }

  play() {
    this.audio.play().catch(() => {});
  }

  toggle() {
    if (this.sound === undefined) return;
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  /** @param {number} seconds */
  skip(seconds) {
    this.seek(this.place + seconds);
  }

  get place() {
    return this.wanted ?? this.audio.currentTime;
  }

  /** @param {number} seconds */
  seek(seconds) {
    const place = Math.max(
      0,
      Math.min(seconds, Number.isFinite(this.audio.duration) ? this.audio.duration : seconds),
    );
    if (this.audio.readyState === 0) this.wanted = place;
    else this.audio.currentTime = place;
    this.show();
  }

  /** @param {string} file @param {number} seconds */
  playFrom(file, seconds) {
    this.choose(file, true, seconds);
  }

  /** What is heard now, for the text. */
  moment() {
    return this.sound === undefined ? undefined : { file: this.sound.file, seconds: this.place };
  }

  /** @param {string} file */
  nameOf(file) {
    return this.sounds.find((sound) => sound.file === file)?.name ?? file;
  }

  show() {
    const { texts } = this.page;
    const time = momentText(this.place);
    const length = Number.isFinite(this.audio.duration) ? this.audio.duration : 0;
    const isPlaying = !this.audio.paused;
    this.bar.classList.toggle('is-playing', isPlaying);
    this.playButton.ariaLabel = isPlaying ? texts.stopPlaying : texts.play;
    this.seekBar.max = String(Math.max(1, Math.ceil(length)));
    this.seekBar.value = String(this.place);
    this.seekBar.ariaValueText = `${time} / ${momentText(length)}`;
    this.seekBar.style.setProperty('--progress', String(length > 0 ? this.place / length : 0));
    this.time.textContent = length > 0 ? `${time} / ${momentText(length)}` : time;
    this.stampButton.disabled = this.sound === undefined;
    this.playerButton.disabled = this.sound === undefined;
    this.stampButton.textContent = this.page.fill(texts.stamp, { time });
    if (this.sound !== undefined)
      this.stampButton.title = this.page.fill(texts.stampName, { time, name: this.sound.name });
  }
}
