const START = '/studio';
/** Who goes there is not helped by coming back to it. */
const NEVER = ['/studio/login', '/studio/logout', '/studio/welcome'];

/**
 * Returns where to go after logging in: the path that was asked for when it is one of the studio's, its start otherwise.
 * What is returned is a path of ours whatever came in.
 */
export function nextPath(text: string | undefined): string {
  // Browsers read a backslash as a slash, and leave out tabs and line ends.
  if (text === undefined || !text.startsWith(START) || /[\\\p{Cc}]/u.test(text)) return START;
  if (!URL.canParse(text, 'http://studio')) return START;
  const { host, pathname, search } = new URL(text, 'http://studio');
  if (host !== 'studio' || NEVER.includes(pathname)) return START;
  return pathname === START || pathname.startsWith(`${START}/`) ? pathname + search : START;
}
