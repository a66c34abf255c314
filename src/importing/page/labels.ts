import { oneLineText } from './dom.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { linkTexts, type Meta } from './metadata.ts';

const MOST = 30;
const LONGEST = 80;
const NO_CATEGORY = /^(?:uncategorized|senza categoria|non categorizzato|home|blog|news|articoli|articles)$/i;

/** Returns the article's tags as its page writes them. */
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

/** Returns the categories in which its site has the article. */
export function pageCategories(document: Document, meta: Meta, linked: JsonLdArticle): string[] {
  const links = linkTexts(
    document.querySelectorAll(
      'a[rel~="category"],.cat-links a,.itemCategory a,.post-categories a,.category-name a',
    ),
  );
  const sources = [links.length <= MOST ? links : [], meta('article:section'), linked.sections];
  return labelled(sources.find((names) => names.length > 0) ?? []).filter((name) => !NO_CATEGORY.test(name));
}

/** A list that goes on for ever was written for search engines. */
function keywordsOf(meta: Meta): string[] {
  const words = meta('keywords', 'news_keywords').flatMap((text) => text.split(','));
  return words.length <= MOST / 2 ? words : [];
}

/** Each label once, whatever its letters' case. */
function labelled(labels: string[]): string[] {
  const byFold = new Map<string, string>();
  for (const label of labels.map((one) => oneLineText(one.replace(/^#/, '')))) {
    const fold = label.toLowerCase();
    if (label !== '' && label.length <= LONGEST && !byFold.has(fold)) byFold.set(fold, label);
  }
  return [...byFold.values()].slice(0, MOST);
}
