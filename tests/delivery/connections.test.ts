import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeEdition } from '../../src/delivery/delivery.ts';
import type { ServerLimits } from '../../src/delivery/http-server.ts';
import { ask, type Site, sendRaw, startSite } from './serving.ts';

const PAGE = 'Benvenute e benvenuti.';
const makeSite = async (limits: Partial<ServerLimits> = {}): Promise<Site> => {
  const site = await startSite({ limits });
  site.pages.set('/', () => makeEdition({ type: 'text/html', body: PAGE, cacheControl: 'no-cache' }));
  return site;
};

let site: Site;
beforeEach(async () => {
  site = await makeSite();
  await ask(site, '/');
});
afterEach(() => site.close());

const get = (target: string, more = '') =>
  sendRaw(site, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`);

describe('a hostile request', () => {
  it.each([
    '/../../etc/passwd',
    '/shows/%2e%2e/%2e%2e/etc/passwd',
    '/shows/.%2E/x',
    '/shows/..%2f..%2fetc/passwd',
    '/shows/a%2Fb',
    '/%00',
    '/episode%00.mp3',
    '/%',
    '/%zz',
    '/%e',
    '/shows\\..\\x',
    '/./x',
  ])('for %s is refused before anything looks at it', async (target) => {
    expect(await get(target)).toMatch(/^HTTP\/1\.1 400 /);
    expect([...site.rendered.keys()]).toEqual(['/']);
  });

  it.each([
    '/oembed?url=https%3A%2F%2Fx.example%2F..%2Fa',
    '/shows/caff%C3%A8',
    '/a..b/..c',
    '/.well-known/x',
  ])('is not what an honest request for %s is', async (target) => {
    expect(await get(target)).toMatch(/^HTTP\/1\.1 404 /);
    expect(site.rendered.get(target)).toBe(1);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a NUL in the request line', 'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['headers of 20 KB', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address of 20 KB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ])('with %s is refused', async (_, text, status) => {
    expect(await sendRaw(site, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await ask(site, '/')).status).toBe(200);
  });

  it('that never ends its headers is cut', async () => {
    await site.close();
    site = await makeSite({ headersTimeout: 100, requestTimeout: 200 });
    expect(await sendRaw(site, 'GET / HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('a connection', () => {
  it('carries requests sent without waiting, answered in their order', async () => {
    const one = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
    const text = await sendRaw(
      site,
      `${one}HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET /none HTTP/1.1\r\nHost: x\r\n\r\n${one}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual([200, 200, 404, 200, 200].map((n) => `HTTP/1.1 ${n}`));
    expect(text.split(PAGE)).toHaveLength(4);
  });

  it('gets the same headers whether it stays or ends', async () => {
    const one = 'GET / HTTP/1.1\r\nHost: x\r\n';
    const text = await sendRaw(site, `${one}\r\n${one}Connection: close\r\n\r\n`);
    const [, first, second] = text
      .replace(/^Date: .*$/gm, 'Date')
      .replace(/^Connection: .*$/gm, 'Connection')
      .split('HTTP/1.1 ');
    expect(first).toBe(second);
    expect(first).toContain('ETag');
  });

  it('of HTTP/1.0 ends with the answer', async () => {
    const text = await sendRaw(site, 'GET / HTTP/1.0\r\n\r\n');
    expect(text).toContain(PAGE);
    expect(text).toMatch(/^connection: close\r$/im);
  });

  it('of HTTP/1.0 stays when it asks to', async () => {
    const keep = 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n';
    const text = await sendRaw(site, `${keep}GET / HTTP/1.0\r\n\r\n`);
    expect(text.split(PAGE)).toHaveLength(3);
  });

  it('of a client that has gone quiet in the middle of a file is cut', async () => {
    await site.close();
    site = await makeSite({ idleTimeout: 200 });
    const path = join(site.folder, 'long.mp3');
    await writeFile(path, Buffer.alloc(40_000_000));
    site.pages.set('/long.mp3', () => ({
      kind: 'file',
      path,
      type: 'audio/mpeg',
      cacheControl: 'no-cache',
      crossOrigin: false,
      headers: {},
    }));
    const socket = connect(site.port, '127.0.0.1').pause();
    socket.on('error', () => undefined);
    socket.write('GET /long.mp3 HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 800));
    let received = 0;
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        received += chunk.length;
      });
      socket.on('close', () => resolve());
      socket.resume();
    });
    expect(received).toBeLessThan(40_000_000);
  });
});

describe('a drain', () => {
  it('finishes what is under way, takes nothing new, and closes connections that wait', async () => {
    let release = () => {};
    site.pages.set('/slow', async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return makeEdition({ type: 'text/html', body: 'lenta', cacheControl: 'no-cache' });
    });
    const idle = connect(site.port, '127.0.0.1');
    const idleClosed = new Promise((resolve) => idle.on('close', resolve).resume());
    idle.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const slow = sendRaw(site, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => site.rendered.get('/slow')).toBe(1);
    const drained = site.drain(10_000);
    await idleClosed;
    await expect(ask(site, '/')).rejects.toThrow(/ECONNREFUSED/);
    release();
    expect(await slow).toContain('lenta');
    await drained;
  });

  it('cuts what does not end', async () => {
    site.pages.set('/never', () => new Promise(() => undefined));
    const never = sendRaw(site, 'GET /never HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => site.rendered.get('/never')).toBe(1);
    await site.drain(100);
    expect(await never).toBe('');
  });
});
