import { oneLineText } from './dom.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { linkTexts, type Meta } from './metadata.ts';

const MOST = 30;
const LONGEST = 80;
const NO_CATEGORY = /^(?:uncategorized|senza categoria|non categorizzato|home|blog|news|articoli|articles)$/i;

/** Returns the article's tags as the page writes them. */
export function pageTags(document: Document, meta: Meta, linked: JsonLdArticle): string[] {
  const isTag = '[rel~="tag"]:not([rel~="category"])';
  const linkedTags = [
    linkTexts(
      document.querySelectorAll(`article a${isTag},.itemTags a,.itemTagsBlock a,.tags-links a,.post-tags a`),
    ),
    linkTexts(document.querySelectorAll(`main a${isTag},#content a${isTag}`)),
    linkTexts(document.querySelectorAll(`a${isTag}`)),
  ].find((tags) => tags.length > 0 && tags.length <= MOST);
  const sources = [meta('article:tag'), linkedTags ?? [], linked.keywords, keywordsOf(meta)];
  return labelled(sources.find((tags) => tags.length > 0) ?? []);
}

/** Returns the article's categories on its site. */
export function pageCategories(document: Document, meta: Meta, linked: JsonLdArticle): string[] {
  const links = linkTexts(
    document.querySelectorAll(
      'a[rel~="category"],.cat-links a,.itemCategory a,.post-categories a,.category-name a',
    ),
  );
  const sources = [links.length <= MOST ? links : [], meta('article:section'), linked.sections];
  return labelled(sources.find((names) => names.length > 0) ?? []).filter((name) => !NO_CATEGORY.test(name));
}

/** Returns the page's keywords; none when there are so many that they were written for search engines. */
function keywordsOf(meta: Meta): string[] {
  const words = meta('keywords', 'news_keywords').flatMap((text) => text.split(','));
  return words.length <= MOST / 2 ? words : [];
}

/** Returns each label once, regardless of case. */
function labelled(labels: string[]): string[] {
  const byFold = new Map<string, string>();
  for (const label of labels.map((one) => oneLineText(one.replace(/^#/, '')))) {
    const fold = label.toLowerCase();
    if (label !== '' && label.length <= LONGEST && !byFold.has(fold)) byFold.set(fold, label);
  }
  return [...byFold.values()].slice(0, MOST);
}
