const NAME = 'riascolta-notice';
const LONGEST = 600;

/** Returns the cookie that carries a word about what was done to the next page. */
export const noticeCookie = (sentence: string, isSecure: boolean): string =>
  `${NAME}=${encodeURIComponent(sentence.slice(0, LONGEST))}; Path=/studio; Max-Age=60; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** Returns the cookie that takes it away again. */
export const noticeRead = (isSecure: boolean): string =>
  `${NAME}=; Path=/studio; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** Returns the word that came along. */
export function noticeIn(cookies: string | undefined): string | undefined {
  const value = new RegExp(`(?:^|;\\s*)${NAME}=([^;]*)`).exec(cookies ?? '')?.[1];
  if (value === undefined || value === '') return undefined;
  try {
    return decodeURIComponent(value).slice(0, LONGEST);
  } catch {
    return undefined;
  }
}
