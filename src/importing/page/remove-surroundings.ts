import { elementText, webLink } from './dom.ts';

/** Elements that never hold text of an article. */
const NO_TEXT = `
  script style noscript template iframe object embed audio video canvas svg form button input select textarea
  nav aside footer dialog link meta title figcaption
  [hidden] [aria-hidden="true"] [role="navigation"] [role="complementary"]`
  .trim()
  .split(/\s+/)
  .join(',');

/** Words in the class or id of what surrounds an article: sharing, related articles, players, author boxes, breadcrumbs. */
const SURROUNDING_WORDS = `
  share shares sharing sharedaddy social socials addtoany a2a addthis sociable printfriendly
  related relatedposts correlati yarpp crp outbrain taboola newsletter subscribe subscription
  comments? respond disqus cookies? gdpr breadcrumbs? pagination pager post-navigation nav-links toc
  powerpress powerpress_\\w+ mejs audioplayer wp-block-audio wp-audio-shortcode wp-block-file podlove ssp-player
  castos-player spreaker soundcloud podcast-player download-player
  ad ads advert advertisement adsbygoogle banner sponsored promo
  author-?box author-bio about-author entry-meta post-meta entry-footer post-tags tags-links cat-links
  wp-caption-text screen-reader-text sr-only visually-hidden edit-link`
  .trim()
  .split(/\s+/)
  .join('|');
const SURROUNDINGS = new RegExp(`(?:^|[\\s_-])(?:${SURROUNDING_WORDS})(?=$|[\\s_-])`, 'i');
/** The names that K2 for Joomla gives to such parts. */
const K2_SURROUNDINGS =
  /\bitem(?:Toolbar|SocialSharing|Related|Navigation|TagsBlock|Links|AuthorBlock|Header|ImageBlock|Hits|Rating|Comments|Video(?:Block)?|Attachments?Block|BackToTop|Category|DateModified)\b/;
const READ_ALSO =
  /^(?:leggi anche|vedi anche|articoli correlati|post correlati|(?:ti )?potrebber?o? (?:anche )?(?:piacerti|interessar[ti]i)|correlati|condividi|share this|related|read (?:more|also|next)|you may also(?: like)?)(?!\p{L})/iu;

/**
 * Removes from an article what is not its text: scripts, pictures, players, sharing, lists of other articles. An element with most
 * of the text stays, whatever its name.
 */
export function removeSurroundings(content: HTMLElement, base: string): void {
  for (const element of [...content.querySelectorAll(NO_TEXT)]) element.remove();
  const total = elementText(content).length;
  for (const element of [...content.querySelectorAll('[class],[id],[style]')]) {
    if (isSurrounding(element) && elementText(element).length <= total / 3) element.remove();
  }
  for (const element of [...content.querySelectorAll('h2,h3,h4,h5,h6,p,strong,b')]) removeReadAlso(element);
  for (const image of [...content.querySelectorAll('img,picture,source')]) image.remove();
  for (const cell of [...content.querySelectorAll('td')]) {
    // A cell of links is a menu, on pages whose layout is a table.
    if (
      linkShare(cell) > 0.8 &&
      elementText(cell).length < total / 3 &&
      cell.closest('table')?.querySelector('th') == null
    )
      cell.remove();
  }
  settleStyles(content);
  for (const link of content.querySelectorAll('a[href]')) {
    if (webLink(link.getAttribute('href'), base) === undefined && elementText(link) === '') link.remove();
  }
}

function isSurrounding(element: Element): boolean {
  const style = element.getAttribute('style') ?? '';
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) return true;
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  return SURROUNDINGS.test(names) || K2_SURROUNDINGS.test(names);
}

/** Removes a heading such as `Leggi anche` with the list of links behind it. */
function removeReadAlso(heading: Element): void {
  const text = elementText(heading);
  if (text.length > 80 || !READ_ALSO.test(text)) return;
  const block =
    /^(?:STRONG|B)$/.test(heading.tagName) && heading.parentElement ? heading.parentElement : heading;
  if (elementText(block).length > 80) return;
  const list = block.nextElementSibling;
  if (list !== null && /^(?:UL|OL|DIV)$/.test(list.tagName) && linkShare(list) > 0.7) {
    list.remove();
    block.remove();
  } else if (linkShare(block) > 0.4 || /^[\s:.…]*$/.test(elementText(block).replace(READ_ALSO, '')))
    block.remove();
}

/** Returns how much of an element's text is links, from 0 to 1. */
export function linkShare(element: Element): number {
  const length = elementText(element).length;
  if (length === 0) return 0;
  let linked = 0;
  for (const link of element.querySelectorAll('a')) linked += elementText(link).length;
  return Math.min(1, linked / length);
}

/** Replaces the styles with which word processors write bold and italic by elements. */
function settleStyles(content: HTMLElement): void {
  for (const element of [...content.querySelectorAll('[style]')]) {
    const style = element.getAttribute('style') ?? '';
    const isBold = /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style);
    const isLight = /font-weight\s*:\s*(?:normal|[1-5]00)/i.test(style);
    const isItalic = /font-style\s*:\s*italic/i.test(style);
    if (/^(?:B|STRONG)$/.test(element.tagName) && isLight) element.replaceWith(...element.childNodes);
    else if (element.tagName === 'SPAN' && elementText(element) !== '') {
      if (isItalic) element.innerHTML = `<em>${element.innerHTML}</em>`;
      if (isBold) element.innerHTML = `<strong>${element.innerHTML}</strong>`;
    }
  }
}
