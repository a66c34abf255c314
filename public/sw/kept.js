// @ts-check
import { cacheName, forgetSaved, onSavedChange, readAllSaved } from '../js/saved/saved-store.js';
import { soundFromCache } from './sounds.js';

/** @import { SavedEpisode, SavedSound } from '../js/saved/saved-store.js' */

/**
 * @typedef {{
 *   pages: Map<string, SavedEpisode>,
 *   sounds: Map<string, { page: string, sound: SavedSound }>,
 *   files: Map<string, string>,
 *   pictures: Map<string, { page: string, file: string }>,
 * }} Kept
 */

/** @type {Kept | undefined} */
let known;
/** @type {Promise<Kept>} */
let reading = read();
onSavedChange(() => {
  reading = read();
});

/** @returns {Promise<Kept>} */
async function read() {
  /** @type {Kept} */
  const kept = { pages: new Map(), sounds: new Map(), files: new Map(), pictures: new Map() };
  for (const episode of await readAllSaved()) {
    // What is half there may not stand for the whole.
    if (!episode.done) continue;
    const { page } = episode;
    kept.pages.set(page, episode);
    for (const sound of episode.sounds)
      kept.sounds.set(new URL(sound.src, location.href).pathname, { page, sound });
    for (const file of episode.files) {
      kept.files.set(file, page);
      const picture = pictureOf(file);
      if (picture !== undefined) kept.pictures.set(picture, { page, file });
    }
  }
  known = kept;
  return kept;
}

/** `/pictures/<id>` of one of its sizes. @param {string} path @returns {string | undefined} */
const pictureOf = (path) => /^\/pictures\/[^/]+(?=\/)/.exec(path)?.[0];

/** What an episode can have: a file of its own, a picture. @param {string} path */
const mayBeKept = (path) => /^\/shows\/[^/]+\/[^/]+\/[^/]+$/.test(path) || pictureOf(path) !== undefined;

/**
 * The answer to a request for a saved sound, text or picture; `undefined` where it is none of these, and the request is
 * nobody's but the network's.
 * @param {URL} url @param {Request} request @returns {Promise<Response> | undefined}
 */
export function answerFromKept({ pathname }, request) {
  if (!mayBeKept(pathname)) return undefined;
  if (known !== undefined && !isKept(known, pathname)) return undefined;
  return reading.then(async (kept) => (await find(kept, pathname, request)) ?? fetch(request));
}

/** @param {Kept} kept @param {string} path */
const isKept = (kept, path) =>
  kept.sounds.has(path) || kept.files.has(path) || kept.pictures.has(pictureOf(path) ?? '');

/** @param {Kept} kept @param {string} path @param {Request} request @returns {Promise<Response | undefined>} */
async function find(kept, path, request) {
  const sound = kept.sounds.get(path);
  if (sound !== undefined) return soundFromCache(sound.page, sound.sound, request);
  const file = kept.files.get(path);
  if (file !== undefined) return match(file, path);
  const picture = kept.pictures.get(pictureOf(path) ?? '');
  if (picture === undefined) return undefined;
  // Another window asks for another size: without a network, the one that is there will do.
  return fetch(request).catch(async (error) => {
    const other = await match(picture.page, picture.file);
    if (other === undefined) throw error;
    return other;
  });
}

/** @param {string} page @param {string} path @returns {Promise<Response | undefined>} */
const match = async (page, path) => (await caches.open(cacheName(page))).match(path, { ignoreVary: true });

/** @param {string} path @returns {Promise<Response | undefined>} the page as it was saved */
export async function keptPage(path) {
  return (await reading).pages.has(path) ? match(path, path) : undefined;
}

/** What was withdrawn for everybody is not kept either. @param {string} path */
export async function forgetIfKept(path) {
  if ((await reading).pages.has(path)) await forgetSaved(path);
}
