const OWN = '="/';
const ADDRESS = /\s(?:href|src|srcset|poster|cite)$/;
/** Longer than the longest of those names. */
const NAME_ROOM = 10;

/**
 * Returns sanitized HTML with our own addresses (those that begin with one `/`) made absolute, in every attribute that
 * holds an address; text that looks like one stays. Attributes must be quoted and hold no `<` or `>`.
 * Looks only where `="/` stands: a feed holds hundreds of articles, most with few such places.
 */
export function withAbsoluteLinks(html: string, origin: string): string {
  let absolute = '';
  let done = 0;
  for (let at = html.indexOf(OWN); at !== -1; at = html.indexOf(OWN, at + OWN.length)) {
    if (html[at + OWN.length] === '/') continue;
    const name = ADDRESS.exec(html.slice(Math.max(0, at - NAME_ROOM), at))?.[0];
    if (name === undefined || !isInTag(html, at)) continue;
    const value = at + OWN.length - 1;
    absolute += html.slice(done, value) + origin;
    done = value;
    if (!name.endsWith('srcset')) continue;
    const end = html.indexOf('"', value);
    absolute += html.slice(value, end).replace(/(,\s*)\/(?!\/)/g, `$1${origin}/`);
    done = end;
  }
  return absolute + html.slice(done);
}

const isInTag = (html: string, at: number): boolean => html.lastIndexOf('<', at) > html.lastIndexOf('>', at);
