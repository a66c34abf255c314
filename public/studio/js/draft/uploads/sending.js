// @ts-check
import { DetailedError, Upload } from 'tus-js-client';

/**
 * What is going on with a file on its way. `waiting`: for the network or the server, and goes on by itself. `elsewhere`:
 * another page of ours sends it. `lost`: the server does not have it any more.
 * @typedef {'queued' | 'sending' | 'waiting' | 'paused' | 'elsewhere' | 'lost' | 'refused' | 'done'} SendingState
 */

const ENDPOINT = '/studio/uploads';
const AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** Over how long the speed is measured (ms). */
const PACE_MS = 6_000;
const SHOW_MS = 200;

/**
 * Begins an upload: only its place is made, so that the draft can name it before its first byte leaves.
 * (tus.io 1.0, extension "creation"; tus-js-client sends the bytes.)
 * @param {File} file @param {string} draft
 * @returns {Promise<Response>}
 */
export function beginUpload(file, draft) {
  const metadata = Object.entries({
    draft,
    filename: file.name,
    filetype: file.type || 'application/octet-stream',
  });
  return fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(file.size),
      'Upload-Metadata': metadata.map(([name, value]) => `${name} ${base64(value)}`).join(','),
    },
  });
}

/** @param {string} text */
const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

/** Sends a file to the place that was made for it, however often the way is cut off. */
export class Sending {
  /** @param {File} file @param {string} id @param {() => void} changed */
  constructor(file, id, changed) {
    this.file = file;
    this.id = id;
    this.changed = changed;
    /** @type {SendingState} */
    this.is = 'queued';
    this.sent = 0;
    this.sentence = '';
    this.failures = 0;
    /** @type {{ at: number, sent: number }[]} */
    this.samples = [];
    this.shownAt = 0;
    /** Lets go of the file, which no other page may send meanwhile. @type {Promise<(() => void) | undefined> | undefined} */
    this.end = undefined;
    addEventListener('online', () => this.is === 'waiting' && this.start());
    document.addEventListener('visibilitychange', () => {
      // After sleep nobody waits for the timer to come round.
      if (document.visibilityState === 'visible' && this.is === 'waiting') this.start();
    });
  }

  /** Bytes per second, lately. */
  get speed() {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 300) return 0;
    return ((last.sent - first.sent) * 1000) / (last.at - first.at);
  }

  get secondsLeft() {
    return this.speed > 0 ? (this.file.size - this.sent) / this.speed : undefined;
  }

  start() {
    clearTimeout(this.timer);
    this.set('sending');
    this.samples = [];
    this.end ??= holdAlone(this.id);
    this.end.then((release) => {
      if (release === undefined) {
        this.end = undefined;
        this.set('elsewhere');
        this.timer = setTimeout(() => this.start(), 5_000);
      } else this.send();
    });
  }

  send() {
    if (this.is !== 'sending') return;
    this.upload = new Upload(this.file, {
      endpoint: null,
      uploadUrl: `${ENDPOINT}/${this.id}`,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onProgress: (sent) => this.progress(sent),
      onSuccess: () => {
        this.sent = this.file.size;
        this.finish('done');
      },
      onError: (error) => this.failed(error),
    });
    this.upload.start();
  }

  /** @param {number} sent */
  progress(sent) {
    const now = Date.now();
    this.sent = sent;
    this.failures = 0;
    this.samples = [...this.samples.filter(({ at }) => now - at < PACE_MS), { at: now, sent }];
    if (now - this.shownAt < SHOW_MS) return;
    this.shownAt = now;
    this.changed();
  }

  /** @param {Error | DetailedError} error */
  failed(error) {
    if (this.is !== 'sending') return;
    const answer = error instanceof DetailedError ? error.originalResponse : null;
    const status = answer?.getStatus() ?? 0;
    if (status === 404 || status === 410 || status === 403) return this.finish('lost');
    const isPassing = status === 0 || status >= 500 || [401, 408, 409, 423, 425, 429, 460].includes(status);
    const sentence = status === 507 || !isPassing ? sentenceIn(answer?.getBody() ?? '') : '';
    if (sentence !== '') {
      this.sentence = sentence;
      return this.finish('refused');
    }
    const wait = AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)] ?? 15_000;
    this.failures += 1;
    this.set('waiting');
    this.timer = setTimeout(() => this.start(), wait);
  }

  pause() {
    this.set('paused');
    clearTimeout(this.timer);
    this.upload?.abort();
  }

  /** Ends for good, without a word to the server. */
  stop() {
    clearTimeout(this.timer);
    this.is = 'done';
    this.upload?.abort();
    this.end?.then((release) => release?.());
  }

  /** @param {SendingState} is */
  finish(is) {
    this.end?.then((release) => release?.());
    this.end = undefined;
    this.set(is);
  }

  /** @param {SendingState} is */
  set(is) {
    this.is = is;
    this.changed();
  }
}

/** @param {string} body @returns {string} */
function sentenceIn(body) {
  try {
    return String(JSON.parse(body).problem.sentence);
  } catch {
    return '';
  }
}

/**
 * Two pages with the same draft must not send the same file. Returns what lets go of it again; `undefined` when another page
 * has it. Where the browser has no locks (plain http) the server keeps them apart.
 * @param {string} id @returns {Promise<(() => void) | undefined>}
 */
function holdAlone(id) {
  if (navigator.locks === undefined) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    navigator.locks.request(`riascolta-upload-${id}`, { ifAvailable: true }, (lock) => {
      if (lock === null) return resolve(undefined);
      return new Promise((release) => resolve(() => release(undefined)));
    });
  });
}
