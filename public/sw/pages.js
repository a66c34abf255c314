// @ts-check
import { forgetIfKept, keptPage } from './kept.js';

/** How long a page that is saved may take to come from the network (ms). */
const PATIENCE = 4000;

/** Not the site's pages: the staff's side, other sites' frames, what programs read. */
const OTHERS =
  /^\/(?:studio|api|embed)(?:\/|$)|^\/(?:oembed|healthz|suggest)$|\.(?:xml|json|txt|ico|js|webmanifest)$/;

/**
 * Whether a request is for a page of the site. Turbo asks for pages by `fetch`, so that only its `Accept` tells; what says
 * `no-store` wants to know what the server says, and nobody else.
 * @param {URL} url @param {Request} request
 */
export function isPage({ pathname }, request) {
  if (OTHERS.test(pathname) || request.cache === 'no-store') return false;
  if (request.mode === 'navigate') return request.destination === 'document';
  return request.destination === '' && (request.headers.get('accept') ?? '').includes('text/html');
}

/**
 * The page as it is now, else as it was saved, else the one that says that there is no network.
 * @param {FetchEvent} event @param {URL} url
 * @param {(url: URL) => Promise<Response | undefined>} offlinePage
 * @returns {Promise<Response>}
 */
export async function answerPage(event, url, offlinePage) {
  const { request } = event;
  const fresh = fetch(request).then((response) => {
    if (response.status === 410) event.waitUntil(forgetIfKept(url.pathname));
    return response;
  });
  // Whoever waits no longer for it needs not hear of its end.
  fresh.catch(() => {});
  const saved = await keptPage(url.pathname);
  if (saved !== undefined) {
    const waiting = new AbortController();
    const late = new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), PATIENCE);
      waiting.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const first = await Promise.race([fresh.catch(() => undefined), late]);
    waiting.abort();
    return first instanceof Response && !isFailure(first) ? first : saved;
  }
  try {
    return await fresh;
  } catch (error) {
    const page = await offlinePage(url);
    if (page === undefined) throw error;
    // Turbo lets a failure take the whole document's place, and with it what sounds.
    if (request.mode !== 'navigate') return page;
    return new Response(page.body, { status: 503, headers: page.headers });
  }
}

/** A gateway in front of a server that is down answers, too. @param {Response} response */
const isFailure = ({ status }) => status >= 502 && status <= 504;
