import { oneLineText } from './dom.ts';

/** A page's description of its article in JSON-LD (schema.org/Article). */
export type JsonLdArticle = {
  isArticle: boolean;
  headline: string;
  description: string;
  date: string;
  authors: string[];
  keywords: string[];
  sections: string[];
  pictures: string[];
  language: string;
  publisher: string;
};

type Thing = Record<string, unknown>;

const ARTICLES = /(?:Article|Posting|Report|Episode)$/;
const DEEPEST = 8;
const MOST_THINGS = 500;

/** Returns the page's description of its article in JSON-LD; its values are empty when there is none. */
export function jsonLdArticle(document: Document): JsonLdArticle {
  const things: Thing[] = [];
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    gather(parsed(script.textContent ?? ''), things, 0);
  }
  const byId = new Map(things.map((thing) => [thing['@id'], thing] as const));
  const whole = (value: unknown): unknown =>
    isThing(value) && value.name === undefined ? (byId.get(value['@id']) ?? value) : value;
  const article = things.find((thing) => ARTICLES.test(typeOf(thing)));
  const page = things.find((thing) => /WebPage$/.test(typeOf(thing)));
  const first = (key: string): string => textsIn(article?.[key])[0] ?? '';
  const authors = listOf(article?.author).flatMap((one) => textsIn(whole(one)));
  return {
    isArticle: article !== undefined,
    headline: first('headline') || first('name'),
    description: first('description'),
    date: first('datePublished') || (textsIn(page?.datePublished)[0] ?? ''),
    authors,
    keywords: listOf(article?.keywords).flatMap((one) => textsIn(one).flatMap((text) => text.split(','))),
    sections: listOf(article?.articleSection).flatMap((one) => textsIn(one)),
    pictures: listOf(article?.image).flatMap((one) => addressesIn(whole(one))),
    language: first('inLanguage') || (textsIn(page?.inLanguage)[0] ?? ''),
    publisher: textsIn(whole(article?.publisher))[0] ?? '',
  };
}

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 50) : [value]);

const typeOf = (thing: Thing): string =>
  listOf(thing['@type'])
    .filter((type) => typeof type === 'string')
    .join(' ');

/** Returns a text, or the name of a described thing. */
function textsIn(value: unknown): string[] {
  const text = isThing(value) ? value.name : value;
  return typeof text === 'string' && oneLineText(text) !== '' ? [oneLineText(text)] : [];
}

function addressesIn(value: unknown): string[] {
  const address = isThing(value) ? (value.url ?? value.contentUrl) : value;
  return typeof address === 'string' ? [address] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*(?:<!--|\/\*.*?\*\/)|-->\s*$/g, ''));
  } catch {
    return undefined;
  }
}

function gather(value: unknown, things: Thing[], depth: number): void {
  if (depth > DEEPEST || things.length >= MOST_THINGS) return;
  if (Array.isArray(value)) for (const one of value) gather(one, things, depth + 1);
  if (!isThing(value)) return;
  things.push(value);
  for (const one of Object.values(value)) if (typeof one === 'object') gather(one, things, depth + 1);
}
