// XML 1.0, section 2.2, without the C1 controls that it discourages; lone surrogates are outside it too.
const UNWANTED = /[^\t\n\r -~\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
// Passes over surrogates, so that it need not read characters in pairs: six times as fast on an article.
const SUSPECT = /[^\t\n\r -~\u00A0-\uFFFD]/;

/** Returns the text without the characters that no XML document may hold. */
export const legalText = (text: string): string =>
  SUSPECT.test(text) || !text.isWellFormed() ? text.replace(UNWANTED, '') : text;

/** Returns the text on one line, legal in XML, without space at its ends (PSP-1 asks so of every node value). */
export const oneLine = (text: string): string => legalText(text).replace(/\s+/g, ' ').trim();

/** Returns the text in at most `limit` bytes of UTF-8, cut between words and ended by `…` where it had to be cut. */
export function clipBytes(text: string, limit: number): string {
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return text;
  const room = new Uint8Array(Math.max(0, limit - 3));
  const { read } = new TextEncoder().encodeInto(text, room);
  return endedBetweenWords(text.slice(0, read));
}

/** Returns the text in at most `limit` UTF-16 units, as `clipBytes` does. */
export function clipLength(text: string, limit: number): string {
  return text.length <= limit ? text : endedBetweenWords(legalText(text.slice(0, limit - 1)));
}

function endedBetweenWords(cut: string): string {
  const space = cut.search(/\s\S*$/);
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

const MARKUP = /[&<>"]/g;
const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Returns plain text as HTML or XML that reads the same, in content or in a quoted attribute. */
export const escapeMarkup = (text: string): string =>
  text.replace(MARKUP, (character) => REFERENCES[character] ?? character);

/**
 * Returns an address as feeds may hold it: absolute, http(s), ASCII only. `undefined` when it is none.
 * A path from `/` is taken to be of our own site.
 */
export function webAddress(address: string, origin: string): string | undefined {
  const absolute = address.startsWith('/') && !address.startsWith('//') ? origin + address : address;
  const url = URL.parse(absolute);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  // The URL standard leaves these as they are, RFC 3986 (appendix A) does not allow them.
  return url.href.replace(/[|^`{}[\]\\]/g, encodeURIComponent);
}

/** Returns whether the text can stand as an address in `managingEditor` and `itunes:email`. */
export const isEmail = (text: string): boolean =>
  /^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*$/i.test(text);
