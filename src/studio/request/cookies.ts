import { SESSION_LONGEST_MS } from '../../accounts/accounts.ts';

const SESSION = 'riascolta';
/** Holds the token of a one-time link while its page is open, so that no address has it. */
const LINK = 'riascolta-link';
const LINK_SECONDS = 3_600;

/** The form of our tokens (256 bits, base64url). */
const TOKEN = /^[\w-]{43}$/;

/**
 * Returns the `Set-Cookie` with which a browser stays logged in. Under https it has the `__Host-` prefix, so
 * that no other host under the same domain can set it (RFC 6265bis, section 4.1.3.2).
 */
export const sessionCookie = (token: string, isSecure: boolean): string =>
  cookie(SESSION, token, SESSION_LONGEST_MS / 1000, isSecure);

/** Returns the `Set-Cookie` that deletes it. */
export const endedCookie = (isSecure: boolean): string => cookie(SESSION, '', 0, isSecure);

/** Returns the session's token in a `Cookie` header. */
export const sessionToken = (header: string | undefined, isSecure: boolean): string | undefined =>
  tokenIn(header, SESSION, isSecure);

/** Returns the `Set-Cookie` that carries a one-time link's token from its address to its page. */
export const linkCookie = (token: string, isSecure: boolean): string =>
  cookie(LINK, token, LINK_SECONDS, isSecure);

/** Returns the `Set-Cookie` that deletes it. */
export const endedLinkCookie = (isSecure: boolean): string => cookie(LINK, '', 0, isSecure);

/** Returns the one-time link's token in a `Cookie` header. */
export const linkToken = (header: string | undefined, isSecure: boolean): string | undefined =>
  tokenIn(header, LINK, isSecure);

const nameOf = (name: string, isSecure: boolean): string => (isSecure ? `__Host-${name}` : name);

const cookie = (name: string, value: string, seconds: number, isSecure: boolean): string =>
  [
    `${nameOf(name, isSecure)}=${value}`,
    'Path=/',
    `Max-Age=${seconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');

function tokenIn(header: string | undefined, name: string, isSecure: boolean): string | undefined {
  const wanted = `${nameOf(name, isSecure)}=`;
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(wanted));
  const value = found?.slice(wanted.length) ?? '';
  return TOKEN.test(value) ? value : undefined;
}

const NAME = 'riascolta-notice';
const LONGEST = 600;

/** Returns the `Set-Cookie` that carries a notice to the next page. */
export const noticeCookie = (sentence: string, isSecure: boolean): string =>
  `${NAME}=${encodeURIComponent(sentence.slice(0, LONGEST))}; Path=/studio; Max-Age=60; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** Returns the `Set-Cookie` that deletes the notice. */
export const noticeRead = (isSecure: boolean): string =>
  `${NAME}=; Path=/studio; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** Returns the notice in a `Cookie` header. */
export function noticeIn(cookies: string | undefined): string | undefined {
  const value = new RegExp(`(?:^|;\\s*)${NAME}=([^;]*)`).exec(cookies ?? '')?.[1];
  if (value === undefined || value === '') return undefined;
  try {
    return decodeURIComponent(value).slice(0, LONGEST);
  } catch {
    return undefined;
  }
}
