// @ts-check
// The player in other sites' frames: all of it, so that a frame loads little. In a sandboxed frame nothing can be kept, and
// the channel to other pages may be refused.

const SPEEDS = [1, 1.25, 1.5, 1.75, 2, 0.75];
const BAR = 3;
const PITCH = 4;
/** A list has room below the player from this height on (px); see embed.css. */
const ROOM_FOR_LIST = 260;

/** As clock.js, which would be a file of its own. @param {number} seconds @returns {string} `08:12`, or `1:04:09` */
function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}

/** @template {HTMLElement} T @param {string} selector @param {new () => T} kind @returns {T} */
function piece(selector, kind) {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The player has no ${selector}`);
  return found;
}

const main = piece('main', HTMLElement);
const audio = document.querySelector('audio');
if (audio) start(audio);

/** @param {HTMLAudioElement} audio */
function start(audio) {
  const { page = '', segment = '0', seconds = '1', artist = '' } = main.dataset;
  const line = piece('.line', HTMLElement);
  const canvas = piece('canvas', HTMLCanvasElement);
  const seekBar = piece('.seek', HTMLInputElement);
  const playButton = piece('.play', HTMLButtonElement);
  const elapsed = piece('.elapsed', HTMLElement);
  const left = piece('.left', HTMLElement);
  const failure = piece('.failure', HTMLElement);
  const said = piece('.said', HTMLElement);
  const byHand = piece('.by-hand', HTMLInputElement);
  const moments = [...document.querySelectorAll('a[data-start]')];
  const source = audio.querySelector('source')?.src.replace(/#.*/, '') ?? '';

  /** Where it will begin once the audio has come (seconds). @type {number | undefined} */
  let wanted = Number(main.dataset.start);
  /** @type {Uint8Array} */
  let peaks = new Uint8Array();

  const place = () => wanted ?? audio.currentTime;
  const length = () =>
    audio.duration > 0 && Number.isFinite(audio.duration) ? audio.duration : Number(seconds) || 1;

  /** @param {boolean} failed */
  function fail(failed) {
    main.classList.toggle('is-failed', failed);
    failure.hidden = !failed;
    failure.textContent = failed ? (failure.dataset.sentence ?? '') : '';
    if (failed) audio.pause();
  }

  function play() {
    if (main.classList.contains('is-failed') || audio.networkState === audio.NETWORK_NO_SOURCE) {
      wanted = place();
      fail(false);
      audio.load();
    }
    audio.play().catch((error) => {
      if (error.name === 'NotSupportedError') fail(true);
    });
  }

  /** @param {number} to seconds */
  function seek(to) {
    const within = Math.min(Math.max(0, to), length());
    if (audio.readyState === 0) wanted = within;
    else audio.currentTime = within;
    show();
  }

  function show() {
    const now = place();
    const whole = Math.round(length());
    seekBar.value = String(now);
    seekBar.ariaValueText = `${clock(now)} / ${clock(whole)}`;
    elapsed.textContent = clock(now);
    left.textContent = `−${clock(whole - Math.floor(now))}`;
    main.classList.toggle('is-playing', !audio.paused);
    playButton.ariaLabel = (audio.paused ? playButton.dataset.play : playButton.dataset.pause) ?? '';
    const current = moments.findLast((link) => Number(link.getAttribute('data-start')) <= now + 0.25);
    for (const link of moments) {
      if (link === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    draw();
  }

  function draw() {
    const pen = canvas.getContext('2d');
    const { width, height } = canvas.getBoundingClientRect();
    if (!pen || width === 0) return;
    const dense = devicePixelRatio || 1;
    canvas.width = Math.round(width * dense);
    canvas.height = Math.round(height * dense);
    pen.scale(dense, dense);
    const { color, borderColor } = getComputedStyle(canvas);
    const heard = (place() / length()) * width;
    const bars = Math.floor(width / PITCH);
    const means = Array.from({ length: peaks.length > 0 ? bars : 1 }, (_, bar) => {
      const part = peaks.subarray((bar * peaks.length) / bars, ((bar + 1) * peaks.length) / bars);
      return part.reduce((sum, peak) => sum + peak, 0) / (part.length || 1);
    });
    const loudest = Math.max(1, ...means);
    for (const [bar, mean] of means.entries()) {
      // A little more than linear: in speech that was levelled all is nearly as loud.
      const high = peaks.length > 0 ? Math.max(2, (mean / loudest) ** 1.3 * height) : height * 0.4;
      const [x, wide] = peaks.length > 0 ? [bar * PITCH, BAR] : [0, width];
      const played = Math.min(Math.max(0, heard - x), wide);
      pen.fillStyle = borderColor;
      pen.fillRect(x + played, (height - high) / 2, wide - played, high);
      pen.fillStyle = color;
      pen.fillRect(x, (height - high) / 2, played, high);
    }
  }

  /** @param {HTMLButtonElement} button */
  async function copy(button) {
    const address = new URL(page);
    if (segment !== '0') address.searchParams.set('segment', String(Number(segment) + 1));
    if (place() >= 1) address.searchParams.set('t', String(Math.floor(place())));
    byHand.value = address.href;
    byHand.hidden = false;
    const copied = await Promise.resolve(navigator.clipboard?.writeText(address.href).then(() => true)).catch(
      () => false,
    );
    byHand.select();
    if (!copied && !document.execCommand('copy')) {
      byHand.focus();
      return;
    }
    byHand.hidden = true;
    said.textContent = button.dataset.done ?? '';
    button.classList.add('is-done');
    setTimeout(() => {
      said.textContent = '';
      button.classList.remove('is-done');
    }, 2000);
  }

  /** @param {HTMLButtonElement} button */
  function act(button) {
    const { act } = button.dataset;
    if (act === 'play') audio.paused ? play() : audio.pause();
    if (act === 'back') seek(place() - 15);
    if (act === 'forward') seek(place() + 30);
    if (act === 'copy') void copy(button);
    if (act === 'speed') {
      const speed = SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length] ?? 1;
      audio.defaultPlaybackRate = speed;
      audio.playbackRate = speed;
      button.textContent = `${speed.toLocaleString(document.documentElement.lang)}×`;
      button.ariaLabel = `${button.dataset.label}: ${button.textContent}`;
    }
  }

  audio.controls = false;
  for (const part of [line, piece('.controls', HTMLElement), piece('.times', HTMLElement)])
    part.hidden = false;
  for (const name of ['pause', 'ended', 'timeupdate', 'seeking', 'durationchange'])
    audio.addEventListener(name, show);
  audio.addEventListener('durationchange', () => {
    seekBar.max = String(length());
  });
  audio.addEventListener('playing', () => fail(false));
  audio.addEventListener('loadedmetadata', () => {
    if (wanted) audio.currentTime = wanted;
    wanted = undefined;
  });
  // A `<source>` that fails says so itself, and its event does not bubble.
  audio.addEventListener('error', () => fail(true), true);
  byHand.addEventListener('blur', () => {
    byHand.hidden = true;
  });
  seekBar.addEventListener('input', () => seek(Number(seekBar.value)));
  seekBar.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 }[
      event.key
    ];
    if (step === undefined) return;
    event.preventDefault();
    seek(place() + step);
  });
  document.addEventListener('keydown', (event) => {
    if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' || event.key === 'k') {
      event.preventDefault();
      playButton.click();
    }
    if (event.key === 'j') seek(place() - 15);
    if (event.key === 'l') seek(place() + 30);
  });
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('button, a[data-start]') : null;
    if (target instanceof HTMLButtonElement) act(target);
    else if (target && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      seek(Number(target.getAttribute('data-start')));
      play();
    }
  });

  oneSound(audio);
  audio.addEventListener('play', () => {
    show();
    if (!('mediaSession' in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title: document.title, artist });
    navigator.mediaSession.setActionHandler('seekbackward', () => seek(place() - 15));
    navigator.mediaSession.setActionHandler('seekforward', () => seek(place() + 30));
  });

  const details = document.querySelector('details');
  if (details) details.open = innerHeight >= ROOM_FOR_LIST;
  new ResizeObserver(draw).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  show();
  fetch(`${source}.peaks`)
    .then(async (answer) => (answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : peaks))
    .then((drawn) => {
      peaks = drawn;
      draw();
    })
    // Without a waveform the plain bar stays.
    .catch(() => {});
}

/** @param {HTMLAudioElement} audio */
function oneSound(audio) {
  try {
    const pages = new BroadcastChannel('riascolta');
    const sounding = String(Math.random());
    audio.addEventListener('play', () => pages.postMessage({ sounding }));
    pages.addEventListener('message', ({ data }) => {
      if (data?.sounding !== undefined && data.sounding !== sounding) audio.pause();
    });
  } catch {
    // A sandboxed frame may have no channel: it is heard beside the others.
  }
}

// WordPress frames what it discovers in a sandbox that opens no tab; it opens the link itself when it is told the secret that it
// wrote behind the address (wp-includes/js/wp-embed.js).
const secret = /^#\?secret=([a-zA-Z0-9]+)$/.exec(location.hash)?.[1];
if (secret) {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[target]:not([data-start])') : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    parent.postMessage({ message: 'link', value: link.href, secret }, '*');
  });
}
