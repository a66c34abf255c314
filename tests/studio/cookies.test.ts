import { describe, expect, it } from 'vitest';
import { nextPath } from '../../src/studio/account/login.ts';
import {
  endedCookie,
  linkCookie,
  linkToken,
  sessionCookie,
  sessionToken,
} from '../../src/studio/request/cookies.ts';

const TOKEN = 'a'.repeat(43);

describe('cookies', () => {
  it('are bound to this very host under https', () => {
    expect(sessionCookie(TOKEN, true)).toBe(
      `__Host-riascolta=${TOKEN}; Path=/; Max-Age=5184000; HttpOnly; SameSite=Lax; Secure`,
    );
    expect(endedCookie(true)).toContain('__Host-riascolta=; Path=/; Max-Age=0;');
  });

  it('have a plain name under http, where browsers would refuse the other', () => {
    expect(sessionCookie(TOKEN, false)).toBe(
      `riascolta=${TOKEN}; Path=/; Max-Age=5184000; HttpOnly; SameSite=Lax`,
    );
  });

  it('are found by their whole name, and only with a token in them', () => {
    const header = `a=b; xriascolta=${'b'.repeat(43)}; riascolta=${TOKEN}; riascolta-link=${'c'.repeat(43)}`;
    expect(sessionToken(header, false)).toBe(TOKEN);
    expect(linkToken(header, false)).toBe('c'.repeat(43));
    // What another host under the same domain may have set.
    expect(sessionToken(header, true)).toBeUndefined();
    for (const wrong of [undefined, '', 'riascolta', 'riascolta=', 'riascolta=short', `riascolta="${TOKEN}"`])
      expect(sessionToken(wrong, false)).toBeUndefined();
    expect(linkToken(linkCookie(TOKEN, true), true)).toBe(TOKEN);
  });
});

describe('where to go after logging in', () => {
  it.each(['/studio', '/studio/me', '/studio/drafts/1?x=y', '/studio/journal?before=3'])(
    'may be %s',
    (path) => {
      expect(nextPath(path)).toBe(path);
    },
  );

  it.each([
    '',
    '/',
    '/studiox',
    '/studio/../etc',
    '//evil.example/studio',
    'https://evil.example/studio',
    '/\\evil.example/studio',
    '/studio\\..\\..\\evil',
    '/studio/\t/evil',
    '/studio/login?next=/studio',
    '/studio/welcome?token=x',
    '/studio/..//evil.example',
    'javascript:alert(1)',
  ])('is never %j', (path) => {
    expect(nextPath(path)).toBe('/studio');
  });
});
