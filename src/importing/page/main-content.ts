import { Readability } from '@mozilla/readability';
import { elementText, parsePage } from './dom.ts';

/** Selectors of an article's text in usual systems, the narrower ones first. */
const PLACES = [
  '[itemprop="articleBody"]',
  '.itemBody',
  '.entry-content',
  '.post-content',
  '.td-post-content',
  '.article-content',
  '.article-body',
  '.article__body',
  '.post-body',
  '.field--name-body',
  '.com-content-article__body',
  '.item-page',
];
const SHORTEST = 80;
const MOST_ELEMENTS = 60_000;

/**
 * Returns the element with the article's text: the place where a known system puts it (`isMarked`), else what Mozilla's Readability
 * finds, with the author that it finds. `undefined` when nothing looks like an article.
 */
export function mainContent(
  document: Document,
  html: string,
): { content: HTMLElement; isMarked: boolean; byline: string } | undefined {
  for (const place of PLACES) {
    const content = mainOf([...document.querySelectorAll<HTMLElement>(place)]);
    if (content !== undefined) return { content, isMarked: true, byline: '' };
  }
  // Readability changes the document that it is given.
  const found = new Readability<string>(parsePage(html), {
    maxElemsToParse: MOST_ELEMENTS,
    charThreshold: 200,
  }).parse();
  if (!found?.content) return undefined;
  const content = document.createElement('div');
  content.innerHTML = found.content;
  return { content, isMarked: false, byline: found.byline ?? '' };
}

/** Returns the element with most of the text of these elements; none on a page of many articles. */
function mainOf(elements: HTMLElement[]): HTMLElement | undefined {
  const outer = elements.filter((one) => !elements.some((other) => other !== one && other.contains(one)));
  const sizes = outer.map((element) => ({ element, size: elementText(element).length }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  return sizes.find(({ size }) => size >= SHORTEST && size >= total * 0.6)?.element;
}
