import { dateInAddress, isoDate, writtenDate } from './dates.ts';
import { elementText, oneLineText, webLink } from './dom.ts';
import type { JsonLdArticle } from './json-ld.ts';

/** The values of a page's `<meta>` elements with one of these names (lower case), in their order. */
export type Meta = (...names: string[]) => string[];

export function readMeta(document: Document): Meta {
  const values = new Map<string, string[]>();
  for (const element of document.querySelectorAll('meta[content]')) {
    const content = oneLineText(element.getAttribute('content'));
    for (const attribute of ['property', 'name', 'itemprop']) {
      const name = element.getAttribute(attribute)?.toLowerCase();
      if (name && content !== '') values.set(name, [...(values.get(name) ?? []), content]);
    }
  }
  return (...names) => names.flatMap((name) => values.get(name) ?? []);
}

/** Returns the name of the page's site. */
export function pageSiteName(meta: Meta, linked: JsonLdArticle, address: string): string {
  return meta('og:site_name', 'application-name')[0] ?? (linked.publisher || hostOf(address));
}

const hostOf = (address: string): string => URL.parse(address)?.hostname.replace(/^www\./, '') ?? '';

/** Returns the article's title without the site's name at its end or beginning. */
export function pageTitle(
  document: Document,
  {
    meta,
    linked,
    siteName,
    address,
  }: { meta: Meta; linked: JsonLdArticle; siteName: string; address: string },
): string {
  const headings = [
    ...document.querySelectorAll(
      'h1.entry-title,h1.post-title,.itemTitle,h1[itemprop="headline"],article h1',
    ),
  ];
  const heading = elementText(headings[0] ?? document.querySelector('h1'));
  const candidates = [
    linked.headline,
    ...meta('og:title', 'twitter:title'),
    heading,
    elementText(document.querySelector('title')),
  ];
  const written = candidates.find((one) => one !== '') ?? '';
  // The heading on the page is what the author wrote; other titles are made from it.
  if (heading !== '' && written !== heading && written.toLowerCase().startsWith(heading.toLowerCase()))
    return heading;
  return withoutSite(written, siteName, hostOf(address));
}

/** Returns the title without the site's name, or its host's, at the end or beginning. */
function withoutSite(title: string, siteName: string, host: string): string {
  const names = [siteName, host, host.split('.').at(-2) ?? ''].map(foldedName);
  const [first = '', ...others] = title.split(/(\s+[-–—|»«·•:]+\s+)/);
  const last = others.at(-1);
  if (last === undefined) return title;
  if (names.includes(foldedName(last))) return oneLineText([first, ...others.slice(0, -2)].join(''));
  return names.includes(foldedName(first)) ? oneLineText(others.slice(1).join('')) : title;
}

const foldedName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') || '-';

const NOBODY = /^(?:admin|administrator|amministratore|super user|webmaster|user|utente)$/i;
const BY =
  /^(?:(?:[Bb]y|di|da|[Aa]utor[ei]|[Aa]uthor|[Ss]critto da|[Ww]ritten by|[Pp]osted by|[Aa] cura di|[Pp]ubblicato da)\b:?\s+)+/;

/** Returns the authors, separated by commas. */
export function pageByline(document: Document, meta: Meta, linked: JsonLdArticle, found: string): string {
  const named = (selector: string): string[] => {
    const first = elementText(document.querySelector(selector));
    return first === '' ? [] : [first];
  };
  const sources = [
    linked.authors,
    meta('author', 'article:author', 'parsely-author', 'dc.creator', 'sailthru.author').filter(
      (one) => !/^https?:/i.test(one),
    ),
    named('[itemprop="author"] [itemprop="name"]'),
    named('.itemAuthor a,.itemAuthor'),
    named('[rel~="author"]'),
    named('.author.vcard,.byline .author,.entry-author,.post-author,.createdby'),
    found === '' ? [] : [found],
  ];
  for (const names of sources) {
    const people = new Set(names.map((name) => oneLineText(name.replace(BY, ''))).filter(isName));
    if (people.size > 0) return [...people].join(', ');
  }
  return '';
}

const isName = (name: string): boolean =>
  name !== '' && name.length <= 120 && !NOBODY.test(name) && !/[<>@]/.test(name);

/** Returns the date of publication as ISO 8601, or the empty string. */
export function pageDate(document: Document, meta: Meta, linked: JsonLdArticle, address: string): string {
  const attribute = (selector: string): string[] =>
    [...document.querySelectorAll(selector)].slice(0, 1).map((one) => one.getAttribute('datetime') ?? '');
  const machine = [
    ...meta('article:published_time', 'og:article:published_time', 'datepublished'),
    linked.date,
    ...attribute('time[itemprop="datePublished"][datetime],time[pubdate][datetime]'),
    ...attribute('time.entry-date.published[datetime],time.entry-date[datetime],time.published[datetime]'),
    ...meta(
      'date',
      'pubdate',
      'dc.date',
      'dc.date.issued',
      'dcterms.created',
      'dcterms.date',
      'parsely-pub-date',
    ),
    ...attribute('article time[datetime],main time[datetime],time[datetime]'),
  ];
  const exact = machine.map(isoDate).find(Boolean);
  if (exact) return exact;
  const places =
    '.itemDateCreated,.itemDatePublished,.entry-date,.post-date,.published,.date,.create,.data,.dateline';
  for (const place of document.querySelectorAll(places)) {
    const written = writtenDate(elementText(place).slice(0, 200));
    if (written !== '') return written;
  }
  return dateInAddress(address);
}

/** Returns the page's summary of the article, or the empty string. */
export function pageSummary(document: Document, meta: Meta, linked: JsonLdArticle): string {
  const lead = elementText(
    document.querySelector('.itemIntroText,.standfirst,.article-lead,.sommario,.entry-summary'),
  );
  const summaries = [
    ...meta('og:description', 'description', 'twitter:description'),
    linked.description,
    lead,
  ];
  const summary = summaries.find((one) => one.length > 10) ?? '';
  const cut = /\s*(?:\[(?:…|\.{3}|&hellip;)\]|(?:continua a leggere|leggi tutto|read more).*)$/i;
  return oneLineText(
    summary.replace(cut, (_, at: number) => (/[.!?…]$/.test(summary.slice(0, at)) ? '' : '…')),
  );
}

/** Returns the language as BCP 47, or the empty string. */
export function pageLanguage(html: string, meta: Meta, linked: JsonLdArticle): string {
  const attribute = /<html\b[^>]{0,999}?\slang\s*=\s*["']?([a-z]{2,3}(?:[-_][a-z\d]+)*)/i.exec(html)?.[1];
  const found = attribute ?? linked.language ?? '';
  const tag = (found || (meta('og:locale', 'language', 'content-language')[0] ?? '')).replaceAll('_', '-');
  return /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(tag) ? tag : '';
}

/** Returns the page's canonical address, if it is on the same site. */
export function canonicalAddress(document: Document, meta: Meta, address: string): string {
  const named = [
    document.querySelector('link[rel="canonical"]')?.getAttribute('href'),
    ...meta('og:url'),
  ].map((one) => webLink(one, address));
  return (
    named.find((one) => one !== undefined && isSameSite(one, address) && isDeepEnough(one, address)) ??
    address
  );
}

const siteOf = (address: string): string | undefined =>
  URL.parse(address)?.hostname.replace(/^(?:www|m|amp)\./, '');
const isSameSite = (one: string, other: string): boolean => siteOf(one) === siteOf(other);
/** Some pages name the home page as canonical. */
const isDeepEnough = (one: string, address: string): boolean =>
  URL.parse(one)?.pathname !== '/' || URL.parse(one)?.search !== '' || URL.parse(address)?.pathname === '/';

/** Returns the base address for a page's relative links. */
export function baseAddress(document: Document, address: string): string {
  return webLink(document.querySelector('base[href]')?.getAttribute('href') ?? '', address) ?? address;
}

/** Returns the texts of links, without repetitions. */
export const linkTexts = (elements: Iterable<Element>): string[] => [
  ...new Set([...elements].map(elementText)),
];
