// @ts-check

/**
 * A sound that is kept in parts of `PART` bytes, so that a moment of a long one is at hand without reading all of it.
 * @typedef {{ src: string, type: string, bytes: number }} SavedSound
 *
 * What is kept of one episode. `page`: the path under which its page is kept; `address`: the page with its language;
 * `files`: the paths of what belongs to it beside page and sounds; `bytes`: what all of it takes up (so far, until
 * `done`); `etag`: of the page; `savedAt`, `checkedAt`: milliseconds since 1970; `outdated`: there is something newer
 * that this device did not want to fetch.
 * @typedef {{
 *   page: string, address: string, title: string, show: string, picture: string, seconds: number,
 *   sounds: SavedSound[], files: string[], bytes: number, etag: string,
 *   savedAt: number, checkedAt: number, done: boolean, outdated: boolean,
 * }} SavedEpisode
 */

/** One cache for each episode: it is there or gone as a whole. */
const PREFIX = 'saved:';
/** The address within an episode's cache under which its `SavedEpisode` is kept; nothing is ever served there. */
const RECORD = '/saved/record.json';

/** Bytes. */
export const PART = 1 << 20;

/** @param {string} page @returns {string} */
export const cacheName = (page) => PREFIX + page;

/** @param {string} src @param {number} index from 0 @returns {string} */
export const partAddress = (src, index) => `${src}?part=${index}`;

/** How many parts a sound of so many bytes has. @param {number} bytes @returns {number} */
export const partCount = (bytes) => Math.ceil(bytes / PART);

/** Told to all pages and to the service worker whenever what is kept changes. */
const CHANNEL = 'riascolta-saved';

/** @param {() => void} callback */
export function onSavedChange(callback) {
  new BroadcastChannel(CHANNEL).addEventListener('message', callback);
}

export function tellSavedChange() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('changed');
  channel.close();
}

/** The pages of which something is kept. @returns {Promise<string[]>} */
export async function savedPages() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
}

/** @param {string} page @returns {Promise<SavedEpisode | undefined>} */
export async function readSaved(page) {
  const name = cacheName(page);
  if (!(await caches.has(name))) return undefined;
  const found = await (await caches.open(name)).match(RECORD);
  const record = await found?.json().catch(() => undefined);
  return isRecord(record) ? record : undefined;
}

/** Newest first. @returns {Promise<SavedEpisode[]>} */
export async function readAllSaved() {
  const records = await Promise.all((await savedPages()).map(readSaved));
  return records.filter((record) => record !== undefined).sort((one, other) => other.savedAt - one.savedAt);
}

/** @param {SavedEpisode} record */
export async function writeSaved(record) {
  const cache = await caches.open(cacheName(record.page));
  await cache.put(RECORD, Response.json(record));
  tellSavedChange();
}

/** @param {string} page */
export async function forgetSaved(page) {
  await caches.delete(cacheName(page));
  tellSavedChange();
}

/** Lets go of what is kept of an episode but is not part of it any more. @param {SavedEpisode} record */
export async function sweepSaved({ page, sounds, files }) {
  const cache = await caches.open(cacheName(page));
  const parts = sounds.flatMap(({ src, bytes }) =>
    Array.from({ length: partCount(bytes) }, (_, index) => partAddress(src, index)),
  );
  const wanted = new Set([RECORD, page, ...files, ...parts]);
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url);
    if (!wanted.has(pathname + search)) await cache.delete(url);
  }
}

/** What an earlier version of this program kept may look otherwise. @param {unknown} value @returns {value is SavedEpisode} */
function isRecord(value) {
  if (typeof value !== 'object' || value === null) return false;
  const kinds = Object.entries({
    page: 'string',
    address: 'string',
    title: 'string',
    show: 'string',
    picture: 'string',
    seconds: 'number',
    bytes: 'number',
    etag: 'string',
    savedAt: 'number',
    checkedAt: 'number',
    done: 'boolean',
    outdated: 'boolean',
  });
  const fields = new Map(Object.entries(value));
  return (
    kinds.every(([name, kind]) => typeof fields.get(name) === kind) &&
    [fields.get('sounds'), fields.get('files')].every(Array.isArray)
  );
}
