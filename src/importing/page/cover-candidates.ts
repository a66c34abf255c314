import { oneLineText, webLink } from './dom.ts';
import type { JsonLdArticle } from './json-ld.ts';
import type { Meta } from './metadata.ts';

/** A picture that may be the article's, with its text alternative. */
export type PagePicture = { address: string; alt: string };

const MOST = 3;
/** The smallest side (px): smaller pictures are buttons, faces and counters. */
const SMALLEST = 200;
const NO_PICTURE =
  /avatar|gravatar|share|emoji|smil(?:ey|ies)|spacer|pixel|sprite|1x1|placeholder|loading|blank\.|\.svg(?:$|\?)|^data:/i;
const LOGO = /(?:^|[/_.-])(?:logo|default|favicon|icon|header)(?:[/_.-]|\d|$)/i;

/** Returns the pictures that may be the article's cover, the likeliest first. */
export function coverCandidates(
  document: Document,
  content: Element,
  base: string,
  { meta, linked }: { meta: Meta; linked: JsonLdArticle },
): PagePicture[] {
  const named = [
    ...meta('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'),
    ...linked.pictures,
  ];
  const around = '.itemImage img,.post-thumbnail img,.wp-post-image,.featured-image img,article img';
  const images = [...content.querySelectorAll('img'), ...document.querySelectorAll(around)];
  const shown = images.filter(isLarge).map(sourceOf);
  const addresses = [...named, ...shown]
    .map((address) => webLink(address, base))
    .filter((address) => address !== undefined)
    .filter((address) => !NO_PICTURE.test(address));
  const distinct = [
    ...new Map(addresses.map((one) => [stemOf(one), one] as const).reverse()).values(),
  ].reverse();
  const ordered = [...distinct.filter((one) => !LOGO.test(one)), ...distinct.filter((one) => LOGO.test(one))];
  const alts = new Map(
    [...document.querySelectorAll('img[alt]')].map((image) => [stemOf(sourceOf(image)), image]),
  );
  const [declared = ''] = meta('og:image:alt', 'twitter:image:alt');
  return ordered.slice(0, MOST).map((address, at) => ({
    address,
    alt:
      (at === 0 && named.length > 0 && declared) ||
      oneLineText(alts.get(stemOf(address))?.getAttribute('alt')),
  }));
}

/** Returns the address of a picture: its largest size, or where lazy pictures have it. */
function sourceOf(image: Element): string {
  const sets = ['srcset', 'data-srcset', 'data-lazy-srcset'].map((name) => image.getAttribute(name) ?? '');
  const sizes = (sets.find(Boolean) ?? '').split(/,\s+/).map((one) => {
    const [address = '', size = '0'] = one.trim().split(/\s+/);
    return { address, size: Number.parseFloat(size) || 0 };
  });
  const [largest] = sizes.filter(({ address }) => address !== '').sort((a, b) => b.size - a.size);
  const plain = ['data-src', 'data-lazy-src', 'data-original', 'data-orig-file', 'src']
    .map((name) => image.getAttribute(name) ?? '')
    .find((address) => address !== '' && !address.startsWith('data:'));
  return largest?.address ?? plain ?? '';
}

function isLarge(image: Element): boolean {
  const sizes = ['width', 'height'].map((name) => Number.parseInt(image.getAttribute(name) ?? '', 10));
  return sizes.every((size) => Number.isNaN(size) || size >= SMALLEST);
}

/** Returns what is alike in the names of one picture's sizes: `gilberto-300x200.jpg` and `gilberto.jpg`. */
const stemOf = (address: string): string =>
  (address.split(/[?#]/)[0] ?? '').replace(/^.*\//, '').replace(/(?:-\d+x\d+|-scaled)?\.\w+$/, '');
