// @ts-check

/**
 * What `/sw.js` is told by the server in its first line (src/site/resources/service-worker.ts). `version`: of all that is in
 * the shell; `files`: what pages load; `pages`: by language, those that are there without a network.
 * @typedef {{
 *   version: string,
 *   defaultLanguage: string,
 *   files: string[],
 *   pages: Record<string, { offline: string, saved: string }>,
 * }} Shell
 */

const PREFIX = 'shell:';
const ASSETS = '/assets/';

/** @param {Shell} shell */
export function openShell(shell) {
  const name = PREFIX + shell.version;
  const files = new Set(shell.files);
  const plainNames = new Map(shell.files.map((file) => [plainName(file), file]));

  /** @param {string} address @returns {Promise<Response | undefined>} */
  const match = async (address) => (await caches.open(name)).match(address, { ignoreVary: true });

  /** @param {URL} url */
  const pagesIn = (url) =>
    shell.pages[url.searchParams.get('lang') ?? ''] ?? shell.pages[shell.defaultLanguage];

  return {
    /** Fetches all of it, or fails and leaves the shell before it in place. */
    async install() {
      const cache = await caches.open(name);
      const pages = Object.values(shell.pages).flatMap(({ offline, saved }) => [offline, saved]);
      // What has its hash in its name may come from the browser's own cache, pages may not.
      await Promise.all([
        cache.addAll(shell.files),
        cache.addAll(pages.map((page) => new Request(page, { cache: 'reload' }))),
      ]);
    },

    /** Throws away the shells before this one. */
    async replaceOthers() {
      const others = (await caches.keys()).filter((other) => other.startsWith(PREFIX) && other !== name);
      await Promise.all(others.map((other) => caches.delete(other)));
    },

    /**
     * The answer to a request for something that pages load; `undefined` where it is none of the shell's. A name of
     * another version, which a saved page may have, is asked for first and then stands for the present one.
     * @param {URL} url @param {Request} request @returns {Promise<Response> | undefined}
     */
    answer({ pathname }, request) {
      if (files.has(pathname)) return match(pathname).then((found) => found ?? fetch(request));
      if (!pathname.startsWith(ASSETS)) return undefined;
      const present = plainNames.get(plainName(pathname));
      if (present === undefined) return undefined;
      return fetch(request).catch(async (error) => {
        const found = await match(present);
        if (found === undefined) throw error;
        return found;
      });
    },

    /** @param {URL} url @returns {Promise<Response | undefined>} */
    async offlinePage(url) {
      const pages = pagesIn(url);
      if (pages === undefined) return undefined;
      return match(url.pathname === new URL(pages.saved, url).pathname ? pages.saved : pages.offline);
    },
  };
}

/** `/assets/site.css` of `/assets/site-1f2e3d4c5b.css`. @param {string} path @returns {string} */
const plainName = (path) => path.replace(/-(?:[0-9a-f]{10}|[0-9A-Z]{8})(?=\.\w+$)/, '');
