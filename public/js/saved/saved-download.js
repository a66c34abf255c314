// @ts-check
import { cacheName, PART, partAddress, readSaved, sweepSaved, writeSaved } from './saved-store.js';

/** @import { SavedEpisode, SavedSound } from './saved-store.js' */

/** There is no room for it on the device. */
export class NoRoom extends Error {}

/** The page is not one that can be saved: withdrawn, or of another kind than this script knows. */
export class NothingToSave extends Error {}

/**
 * Keeps an episode: its page, the pictures in it, its sounds, waveforms and transcripts. What was fetched before is not
 * fetched again. Until all of it is there, a saved version of before stays as it is. Returns what is kept now.
 * Throws `NoRoom`, `NothingToSave`, what `fetch` throws when the network fails, and an `AbortError` when `signal` says so.
 *
 * @param {string} address of its page, with its language
 * @param {{ signal: AbortSignal, progress?: (share: number) => void, response?: Response }} options `response`: the page,
 *   where it has been fetched already
 * @returns {Promise<SavedEpisode>}
 */
export async function download(address, { signal, progress = () => {}, response }) {
  try {
    return await fetchAll(response ?? (await ask(address, { signal })), { signal, progress });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new NoRoom();
    throw error;
  }
}

/** Asks the server itself, whatever is saved. @param {string} address @param {RequestInit} [init] */
export const ask = (address, init = {}) =>
  fetch(address, { ...init, cache: 'no-store', headers: { Accept: 'text/html', ...init.headers } });

/**
 * @param {Response} response
 * @param {{ signal: AbortSignal, progress: (share: number) => void }} options
 */
async function fetchAll(response, { signal, progress }) {
  const html = response.ok ? await response.text() : '';
  const wanted = wantedBy(html, response);
  const before = await readSaved(wanted.page);
  const sum = wanted.sounds.reduce((bytes, sound) => bytes + sound.bytes, 0);
  const record = { ...wanted, bytes: 0, savedAt: before?.savedAt ?? Date.now() };
  const cache = await caches.open(cacheName(record.page));
  await makeRoom(cache, sum);
  if (!before?.done) await writeSaved({ ...record, done: false });

  let loaded = 0;
  const count = (/** @type {number} */ bytes) => {
    loaded += bytes;
    progress(Math.min(1, loaded / sum));
  };
  for (const sound of record.sounds) record.bytes += await fetchSound(cache, sound, { signal, count });
  const files = await Promise.all(record.files.map((path) => fetchFile(cache, path, signal)));
  record.files = record.files.filter((_, index) => files[index] !== undefined);
  for (const bytes of files) record.bytes += bytes ?? 0;
  const headers = new Headers(response.headers);
  // The text is decoded already.
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  await cache.put(record.page, new Response(html, { headers }));
  record.bytes += new Blob([html]).size;
  signal.throwIfAborted();
  await writeSaved({ ...record, done: true });
  await sweepSaved(record);
  return record;
}

/** @param {Cache} cache @param {number} bytes that are needed at most */
async function makeRoom(cache, bytes) {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  const there = (await cache.keys()).length * PART;
  if (quota !== undefined && usage !== undefined && quota - usage < bytes - there) throw new NoRoom();
}

/**
 * What a page says of itself (views/partials/save.ejs), and the pictures that this browser shows of it.
 * @param {string} html @param {Response} response
 * @returns {SavedEpisode}
 */
function wantedBy(html, response) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const element = page.querySelector('riascolta-save');
  if (!(element instanceof HTMLElement)) throw new NothingToSave();
  const { title = '', show = '', picture = '', seconds, sounds = '[]', files = '[]' } = element.dataset;
  const address = new URL(element.dataset.page ?? '', location.href);
  return {
    page: address.pathname,
    address: address.pathname + address.search,
    title,
    show,
    picture,
    seconds: Number(seconds),
    sounds: JSON.parse(sounds),
    files: [...new Set([picture, ...picturesOf(page), ...JSON.parse(files)])],
    bytes: 0,
    etag: response.headers.get('etag') ?? '',
    savedAt: 0,
    checkedAt: Date.now(),
    done: true,
    outdated: false,
  };
}

/** The pictures of a page in the sizes that this window shows them in. @param {Document} page @returns {string[]} */
function picturesOf(page) {
  return [...page.querySelectorAll('main img')].flatMap((image) => {
    const src = image.getAttribute('src') ?? '';
    if (!src.startsWith('/pictures/')) return [];
    const shown = [...document.querySelectorAll('main img')].find(
      (other) => other.getAttribute('src') === src,
    );
    if (shown instanceof HTMLImageElement && shown.currentSrc !== '')
      return [new URL(shown.currentSrc).pathname];
    const set =
      image.closest('picture')?.querySelector('source')?.srcset ?? image.getAttribute('srcset') ?? '';
    const width = Number(image.getAttribute('width')) * devicePixelRatio;
    const sizes = set.split(', ').map((candidate) => candidate.split(' '));
    const enough = sizes.find(([, size = '']) => Number.parseInt(size, 10) >= width) ?? sizes.at(-1);
    return [enough?.[0] || src];
  });
}

/**
 * Keeps a file as it is, unless it is there. A waveform that is not drawn yet has no bytes, and is nothing to keep.
 * @param {Cache} cache @param {string} path @param {AbortSignal} signal
 * @returns {Promise<number | undefined>} bytes
 */
async function fetchFile(cache, path, signal) {
  const there = await cache.match(path, { ignoreVary: true });
  if (there !== undefined) return (await there.blob()).size;
  const response = await fetch(path, { signal });
  if (response.status !== 200) return undefined;
  const body = await response.blob();
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  await cache.put(path, new Response(body, { headers }));
  return body.size;
}

/**
 * Keeps a sound in parts, beginning after those that are there.
 * @param {Cache} cache @param {SavedSound} sound
 * @param {{ signal: AbortSignal, count: (bytes: number) => void }} options
 * @returns {Promise<number>} bytes
 */
async function fetchSound(cache, { src, type, bytes }, { signal, count }) {
  let index = 0;
  while (index * PART < bytes && (await cache.match(partAddress(src, index))) !== undefined) {
    count(Math.min(PART, bytes - index * PART));
    index += 1;
  }
  if (index * PART >= bytes) return bytes;
  const from = index * PART;
  const response = await fetch(src, {
    signal,
    ...(from > 0 ? { headers: { Range: `bytes=${from}-` } } : {}),
  });
  if (response.status !== (from > 0 ? 206 : 200) || !response.body)
    throw new TypeError(`${src} answered ${response.status}`);
  const part = new Uint8Array(PART);
  let filled = 0;
  let total = from;
  const put = async () => {
    const headers = { 'Content-Type': type };
    await cache.put(partAddress(src, index), new Response(part.slice(0, filled), { headers }));
    index += 1;
    filled = 0;
  };
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    for (let at = 0; at < value.length; ) {
      const piece = value.subarray(at, at + PART - filled);
      part.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      count(piece.length);
      if (filled === PART) await put();
    }
  }
  if (filled > 0 && total === bytes) await put();
  if (total !== bytes) throw new TypeError(`${src} broke off`);
  return bytes;
}
