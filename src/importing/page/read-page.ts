import type { FoundArticle } from '../importing.ts';
import { withoutTracking } from '../web-address.ts';
import { coverCandidates, type PagePicture } from './cover-candidates.ts';
import { elementText, parsePage } from './dom.ts';
import { jsonLdArticle } from './json-ld.ts';
import { pageCategories, pageTags } from './labels.ts';
import { mainContent } from './main-content.ts';
import { articleMarkdown } from './markdown.ts';
import {
  baseAddress,
  canonicalAddress,
  pageByline,
  pageDate,
  pageLanguage,
  pageSiteName,
  pageSummary,
  pageTitle,
  readMeta,
} from './metadata.ts';
import { linkShare, removeSurroundings } from './remove-surroundings.ts';

/** An article with the candidates for its cover. */
export type ReadPage = Omit<FoundArticle, 'cover'> & { pictures: PagePicture[] };

/** An article has at least so many letters outside links, on a page that says that it is one, and on another. */
const LEAST = { said: 20, unsaid: 200 };
const MOST_LINKED = 0.5;

/**
 * Returns the article of a page; `undefined` when it has none. It may take very long for a hostile page. Throws `PageTooComplex`.
 */
export function readPage(html: string, address: string): ReadPage | undefined {
  const document = parsePage(html);
  const meta = readMeta(document);
  const linked = jsonLdArticle(document);
  const base = baseAddress(document, address);
  const found = mainContent(document, html);
  if (found === undefined) return undefined;
  const { content, isMarked } = found;
  const saysSo =
    isMarked ||
    linked.isArticle ||
    meta('og:type').includes('article') ||
    meta('article:published_time').length > 0;
  const siteName = pageSiteName(meta, linked, address);
  const title = pageTitle(document, { meta, linked, siteName, address });
  // The whole page is read before its surroundings are removed.
  const page = {
    address: withoutTracking(new URL(canonicalAddress(document, meta, address))),
    title: title.slice(0, 500),
    byline: pageByline(document, meta, linked, found.byline),
    date: pageDate(document, meta, linked, address),
    summary: pageSummary(document, meta, linked).slice(0, 1_000),
    tags: pageTags(document, meta, linked),
    categories: pageCategories(document, meta, linked),
    language: pageLanguage(html, meta, linked),
    siteName: siteName.slice(0, 200),
    pictures: coverCandidates(document, content, base, { meta, linked }),
  };
  removeSurroundings(content, base);
  dropTitle(content, title);
  const letters = elementText(content).length * (1 - linkShare(content));
  if (letters < (saysSo ? LEAST.said : LEAST.unsaid)) return undefined;
  if (!saysSo && linkShare(content) > MOST_LINKED) return undefined;
  return { ...page, markdown: articleMarkdown(content, base) };
}

/** Removes the title from the head of the text, where it would be shown twice. */
function dropTitle(content: HTMLElement, title: string): void {
  const same = (element: Element): boolean => elementText(element).toLowerCase() === title.toLowerCase();
  const written = [...content.querySelectorAll('h1,h2,h3,p,center,font,b,strong')].slice(0, 10);
  for (const element of written) if (same(element)) element.remove();
}
