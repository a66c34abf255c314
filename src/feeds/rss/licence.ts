import { webAddress } from '../xml-text.ts';

/** A licence as people write it (`name`), as `podcast:license` wants it (`slug`, lower case), and where its text stands. */
export type Licence = { name: string; slug: string; url?: string };

const DEED = /creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/(\d\.\d)/i;
const BY_NAME = /^(?:cc|creative\s*commons)[\s-]*(by(?:[\s-]+(?:nc|sa|nd))*|0|zero)(?:[\s-]+(\d\.\d))?\b/i;
const RESERVED = /all rights reserved|tutti i diritti riservati/i;

/**
 * Reads a licence from what stands in the front matter: `CC BY-NC-SA 4.0`, its address, or any other words or address.
 * The slugs are SPDX's, as in the list of the Podcasting 2.0 namespace (tag "license").
 */
export function licenceOf(text: string): Licence {
  const words = text.trim();
  const commons = DEED.exec(words) ?? BY_NAME.exec(words);
  if (commons !== null) return creativeCommons(commons[1] ?? 'by', commons[2]);
  if (RESERVED.test(words)) return { name: words, slug: 'arr' };
  const url = webAddress(words, '');
  if (url === undefined) return { name: words, slug: words.toLowerCase() };
  return { name: words, slug: new URL(url).hostname, url };
}

function creativeCommons(kind: string, version: string | undefined): Licence {
  const code = kind.toLowerCase().replace(/\s+/g, '-');
  if (code === '0' || code === 'zero') {
    return {
      name: 'CC0 1.0',
      slug: 'cc0-1.0',
      url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    };
  }
  const edition = version ?? '4.0';
  return {
    name: `CC ${code.toUpperCase()} ${edition}`,
    slug: `cc-${code}-${edition}`,
    url: `https://creativecommons.org/licenses/${code}/${edition}/`,
  };
}

/** Returns whether `podcast:license` may name it: a custom licence must have an address there. */
export const isNameable = ({ slug, url }: Licence): boolean => url !== undefined || slug === 'arr';
