import type { FoundArticle } from '../importing.ts';
import { withoutTracking } from '../web-address.ts';
import { type PagePicture, picturesOf } from './cover-candidates.ts';
import { elementText, parsePage } from './dom.ts';
import { linkedArticle } from './json-ld.ts';
import { categoriesOf, tagsOf } from './labels.ts';
import { mainContent } from './main-content.ts';
import { markdownOf } from './markdown.ts';
import {
  baseAddress,
  bylineOf,
  canonicalOf,
  dateOf,
  languageOf,
  readMeta,
  siteNameOf,
  summaryOf,
  titleOf,
} from './metadata.ts';
import { clean, linkedPart } from './remove-surroundings.ts';

/** An article with the pictures that may be its cover. */
export type ReadPage = Omit<FoundArticle, 'cover'> & { pictures: PagePicture[] };

/** Letters outside links that make a text an article, on a page that says that it is one, and on one that does not. */
const LEAST = { said: 20, unsaid: 200 };
const MOST_LINKED = 0.5;

/**
 * Returns the article of a page; `undefined` when it has none. Throws `PageTooComplex`; it may take for ever with a page that was
 * made so.
 */
export function readPage(html: string, address: string): ReadPage | undefined {
  const document = parsePage(html);
  const meta = readMeta(document);
  const linked = linkedArticle(document);
  const base = baseAddress(document, address);
  const found = mainContent(document, html);
  if (found === undefined) return undefined;
  const { content, isMarked } = found;
  const saysSo =
    isMarked ||
    linked.isArticle ||
    meta('og:type').includes('article') ||
    meta('article:published_time').length > 0;
  const siteName = siteNameOf(meta, linked, address);
  const title = titleOf(document, { meta, linked, siteName, address });
  // All that looks at the whole page comes before the cleaning, which takes it apart.
  const page = {
    address: withoutTracking(new URL(canonicalOf(document, meta, address))),
    title: title.slice(0, 500),
    byline: bylineOf(document, meta, linked, found.byline),
    date: dateOf(document, meta, linked, address),
    summary: summaryOf(document, meta, linked).slice(0, 1_000),
    tags: tagsOf(document, meta, linked),
    categories: categoriesOf(document, meta, linked),
    language: languageOf(html, meta, linked),
    siteName: siteName.slice(0, 200),
    pictures: picturesOf(document, content, base, { meta, linked }),
  };
  clean(content, base);
  dropTitle(content, title);
  const letters = elementText(content).length * (1 - linkedPart(content));
  if (letters < (saysSo ? LEAST.said : LEAST.unsaid)) return undefined;
  if (!saysSo && linkedPart(content) > MOST_LINKED) return undefined;
  return { ...page, markdown: markdownOf(content, base) };
}

/** A title that stands at the head of the text stands there twice. */
function dropTitle(content: HTMLElement, title: string): void {
  const same = (element: Element): boolean => elementText(element).toLowerCase() === title.toLowerCase();
  const written = [...content.querySelectorAll('h1,h2,h3,p,center,font,b,strong')].slice(0, 10);
  for (const element of written) if (same(element)) element.remove();
}
