import { Refused } from '../model/problem.ts';
import { coverPicture } from './cover-picture.ts';
import type { Allows, GuardedFetch, Resolve } from './guarded-fetch.ts';
import type { FoundArticle, Importer } from './importing.ts';
import type { PagePicture } from './page/cover-candidates.ts';
import { type PageReader, startPageReader } from './page-reader.ts';
import { pageText } from './page-text.ts';
import { isOnTheInternet, webAddress } from './web-address.ts';

export type ImporterOptions = {
  /** Resolves host names; the machine's resolver unless given. */
  resolve?: Resolve;
  /** Whether a connection may be made; only to web servers on the internet unless given. */
  allows?: Allows;
  /** For page and picture together (ms). */
  timeLimitMs?: number;
  /** For page and picture together, decompressed. */
  maxBytes?: number;
};

const TIME_LIMIT = 10_000;
const MOST_BYTES = 5_000_000;
/** Each import takes a process. Others wait for their turn, and their time begins with it. */
const AT_ONCE = 2;

const PAGE = {
  takes: /^\s*(?:text\/html|application\/xhtml\+xml)\b/i,
  accept: 'text/html,application/xhtml+xml',
};
const PICTURE = { takes: /^\s*image\//i, accept: 'image/avif,image/webp,image/*' };

/**
 * Returns an importer of articles.
 *
 *     const { title, markdown } = await createImporter().article('https://www.infoaut.org/…');
 */
export function createImporter(options: ImporterOptions = {}): Importer {
  const { resolve, allows = isOnTheInternet, timeLimitMs = TIME_LIMIT, maxBytes = MOST_BYTES } = options;
  const turns = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  let next = 0;

  async function found(address: URL): Promise<FoundArticle> {
    // Loaded when somebody imports, which is seldom.
    const { guardedFetch } = await import('./guarded-fetch.ts');
    const time = new AbortController();
    const timer = setTimeout(() => time.abort(), timeLimitMs);
    const web = guardedFetch({ allows, ...(resolve && { resolve }), signal: time.signal, maxBytes });
    let reader: PageReader | undefined;
    const timeIsUp = new Promise<'time is up'>((done) => {
      time.signal.addEventListener('abort', () => done('time is up'));
    });
    try {
      // The process starts while the page arrives.
      const begun = () => {
        reader = startPageReader();
      };
      const { url, type, bytes } = await web.get(address, { ...PAGE, begun });
      const page = await Promise.race([reader?.read(pageText(bytes, type), url.href), timeIsUp]);
      if (page === 'time is up') throw new Refused('address-too-slow', { address: address.href });
      if (page === undefined) throw new Refused('address-not-article', { address: address.href });
      const { pictures, ...article } = page;
      const cover = await firstCover(web, pictures);
      return cover === undefined ? article : { ...article, cover };
    } finally {
      clearTimeout(timer);
      void reader?.close();
      await web.close();
    }
  }

  return {
    async article(typed) {
      const address = webAddress(typed);
      const turn = next;
      next = (next + 1) % AT_ONCE;
      const done = Promise.withResolvers<void>();
      const before = turns[turn];
      turns[turn] = done.promise;
      await before;
      try {
        return await found(address);
      } finally {
        done.resolve();
      }
    },
  };
}

/** Returns the first picture that can be had. An article without its picture is better than none: a failure is passed over. */
async function firstCover(web: GuardedFetch, pictures: PagePicture[]): Promise<FoundArticle['cover']> {
  for (const { address, alt } of pictures) {
    try {
      const { url, bytes } = await web.get(new URL(address), PICTURE);
      const cover = coverPicture(bytes, url, alt);
      if (cover !== undefined) return cover;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return undefined;
}
