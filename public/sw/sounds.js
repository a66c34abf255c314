// @ts-check
import { cacheName, PART, partAddress } from '../js/saved/saved-store.js';
import { rangeAsked } from './ranges.js';

/** @import { SavedSound } from '../js/saved/saved-store.js' */

/**
 * Answers a request for a saved sound as our server would: whole, in part, or not at all. `undefined` when a part of it
 * is not there any more.
 * @param {string} page
 * @param {SavedSound} sound
 * @param {Request} request
 * @returns {Promise<Response | undefined>}
 */
export async function soundFromCache(page, { src, type, bytes }, request) {
  const asked = rangeAsked(request.headers.get('range'), bytes);
  const headers = new Headers({ 'Accept-Ranges': 'bytes', 'Content-Type': type });
  if (asked === 'none') {
    headers.set('Content-Range', `bytes */${bytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = asked === 'whole' ? { first: 0, last: bytes - 1 } : asked;
  const cache = await caches.open(cacheName(page));
  /** @param {number} index */
  const part = async (index) => (await cache.match(partAddress(src, index)))?.arrayBuffer();

  let index = Math.floor(first / PART);
  let bytesAhead = await part(index);
  if (bytesAhead === undefined) return undefined;
  const body = new ReadableStream(
    {
      async pull(controller) {
        const found = bytesAhead ?? (await part(index));
        bytesAhead = undefined;
        if (found === undefined) {
          controller.error(new Error(`Part ${index} of ${src} is gone`));
          return;
        }
        const start = index * PART;
        controller.enqueue(new Uint8Array(found).subarray(Math.max(0, first - start), last + 1 - start));
        index += 1;
        if (index * PART > last) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  headers.set('Content-Length', String(last - first + 1));
  if (asked === 'whole') return new Response(body, { headers });
  headers.set('Content-Range', `bytes ${first}-${last}/${bytes}`);
  return new Response(body, { status: 206, headers });
}
