/// <reference lib="dom" />
import { parseHTML } from 'linkedom';

/** The page has so many or so deep elements that reading it would take too long. */
export class PageTooComplex extends Error {
  override name = 'PageTooComplex';
}

const MOST_TAGS = 100_000;
const DEEPEST = 256;
const VOID = 'area base br col embed hr img input link meta param source track wbr';
/** Elements whose end tags may be left out, as they often are: they are not nested. */
const CLOSED_BY_THEMSELVES = 'p li dt dd tr td th thead tbody tfoot option optgroup html head body';
const FLAT: ReadonlySet<string> = new Set(`${VOID} ${CLOSED_BY_THEMSELVES}`.split(' '));

/**
 * Returns a page as a document whose body holds everything, also what belongs into the head: so pages without `<head>` or
 * `<body>`, or with several, are alike. No script runs. Throws `PageTooComplex`.
 */
export function parsePage(html: string): Document {
  refuseTooComplex(html);
  const inside = html.replace(/<\/?(?:html|head|body)\b[^>]{0,9999}>|<!doctype[^>]{0,999}>/gi, '');
  const { document } = parseHTML(`<!doctype html><html><head></head><body>${inside}</body></html>`);
  if (/\s[A-Z-]+\s*=/.test(inside)) lowerAttributes(document);
  // The parser makes a text node of each character reference.
  document.body.normalize();
  return document;
}

/** Writes attribute names in lower case: their case does not matter (HTML, section 13.1.2.3), but the parser keeps it. */
function lowerAttributes(document: Document): void {
  for (const element of document.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      const lower = name.toLowerCase();
      if (name === lower) continue;
      if (!element.hasAttribute(lower)) element.setAttribute(lower, element.getAttribute(name) ?? '');
      element.removeAttribute(name);
    }
  }
}

/** Throws `PageTooComplex`: in every reader of HTML, time grows with the square of the depth, or faster. */
function refuseTooComplex(html: string): void {
  let [tags, depth] = [0, 0];
  for (const [, closes, name = ''] of html.matchAll(/<(\/?)([a-z][a-z\d:-]*)/gi)) {
    tags += 1;
    if (FLAT.has(name.toLowerCase())) continue;
    depth = Math.max(0, depth + (closes === '/' ? -1 : 1));
    if (tags > MOST_TAGS || depth > DEEPEST) throw new PageTooComplex(`${tags} tags, ${depth} deep`);
  }
}

/** Returns a text as one line, with one space between words. */
export function oneLineText(text: string | null | undefined): string {
  return (text ?? '')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\s\u00a0\p{Cc}]+/gu, ' ')
    .trim();
}

/** Returns an element's text as one line. */
export const elementText = (element: Element | null | undefined): string => oneLineText(element?.textContent);

/** Returns the absolute address of a link or picture; `undefined` when it is not on the web. */
export function webLink(href: string | null | undefined, base: string): string | undefined {
  const written = (href ?? '').trim();
  const url = written === '' ? null : URL.parse(written, base);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : undefined;
}
