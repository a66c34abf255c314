import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeEdition } from '../../src/delivery/delivery.ts';
import { ask, type Site, startSite, stateShows } from './serving.ts';

const LONG = 'La radio che ascolta il quartiere. '.repeat(200);
const feed = (body = LONG) =>
  makeEdition({
    type: 'application/rss+xml; charset=utf-8',
    body,
    cacheControl: 'public, max-age=60',
    crossOrigin: true,
    headers: { Link: '</opml.xml>; rel="related"' },
  });

let site: Site;
beforeEach(async () => {
  site = await startSite();
  site.pages.set('/feed.xml', () => feed());
});
afterEach(() => site.close());

describe('an edition', () => {
  it('arrives with its bytes, validators and the headers that it asks for', async () => {
    const answer = await ask(site, '/feed.xml');
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe(LONG);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/rss+xml; charset=utf-8',
      'content-length': String(LONG.length),
      'cache-control': 'public, max-age=60',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'accept-ranges': 'bytes',
      vary: 'Accept-Encoding',
      link: '</opml.xml>; rel="related"',
    });
    expect(answer.headers['access-control-expose-headers']).toContain('Content-Range');
  });

  it('has a strong tag made from its bytes alone', () => {
    expect(feed().etag).toBe(feed().etag);
    expect(feed().etag).not.toBe(feed(`${LONG}.`).etag);
    expect(feed().etag).toMatch(/^"[\w-]+"$/);
  });

  it('answers HEAD with the same head and no body', async () => {
    const { date: _, ...got } = (await ask(site, '/feed.xml')).headers;
    const answer = await ask(site, '/feed.xml', {}, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.body.length).toBe(0);
    expect(answer.headers).toMatchObject(got);
  });

  it('is answered from what is held until the state changes', async () => {
    await ask(site, '/feed.xml');
    await ask(site, '/feed.xml');
    expect(site.rendered.get('/feed.xml')).toBe(1);
    site.pages.set('/feed.xml', () => feed(`${LONG} Novità.`));
    site.state.now = 'two';
    await stateShows();
    expect((await ask(site, '/feed.xml')).body.toString()).toContain('Novità.');
    expect(site.rendered.get('/feed.xml')).toBe(2);
  });

  it('is not held when the state changed while it was being rendered', async () => {
    site.pages.set('/feed.xml', () => {
      site.state.now = `${site.state.now}+`;
      return feed();
    });
    await ask(site, '/feed.xml');
    await stateShows();
    await ask(site, '/feed.xml');
    expect(site.rendered.get('/feed.xml')).toBe(2);
  });

  it('is rendered once for all who ask while it is stale', async () => {
    await ask(site, '/feed.xml');
    site.state.now = 'two';
    await stateShows();
    site.pages.set('/feed.xml', async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return feed('Nuova. '.repeat(300));
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(site, '/feed.xml')));
    expect(new Set(answers.map(({ body }) => body.toString()))).toEqual(new Set(['Nuova. '.repeat(300)]));
    expect(site.rendered.get('/feed.xml')).toBe(2);
  });

  it('lets those who waited ask for themselves when its renewal fails', async () => {
    await ask(site, '/feed.xml');
    site.state.now = 'two';
    await stateShows();
    site.pages.set('/feed.xml', () => Promise.reject(new Error('broken')));
    const answers = await Promise.allSettled(Array.from({ length: 3 }, () => ask(site, '/feed.xml')));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    site.pages.set('/feed.xml', () => feed());
    expect((await ask(site, '/feed.xml')).status).toBe(200);
  });

  it('goes out again from the renderer when more is held than may be', async () => {
    await site.close();
    site = await startSite({ maxEditionBytes: 20_000 });
    for (const path of ['/a', '/b', '/c', '/d']) site.pages.set(path, () => feed());
    for (const path of ['/a', '/b', '/c', '/d', '/a']) await ask(site, path);
    expect(site.rendered.get('/a')).toBe(2);
  });

  it('asks for the state at most once in a while, however many requests come', async () => {
    await ask(site, '/feed.xml');
    const before = site.state.asked;
    await Promise.all(Array.from({ length: 50 }, () => ask(site, '/feed.xml')));
    expect(site.state.asked - before).toBeLessThan(40);
  });

  it('may be a page that is not there', async () => {
    site.pages.set('/gone', () =>
      makeEdition({
        status: 410,
        type: 'text/html; charset=utf-8',
        body: 'Ritirata',
        cacheControl: 'no-cache',
      }),
    );
    const { headers } = await ask(site, '/gone');
    const again = await ask(site, '/gone', { 'If-None-Match': headers.etag ?? '', Range: 'bytes=0-1' });
    expect([again.status, again.body.toString()]).toEqual([410, 'Ritirata']);
  });
});

describe('compression', () => {
  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['*', 'br'],
    ['identity;q=0, *;q=0.5', 'br'],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['GZIP;Q=0.3', 'gzip'],
    ['gzip;q=0', undefined],
    ['gzip;q=0.5, identity', undefined],
    ['gzip;q=banana', undefined],
    ['', undefined],
    ['identity;q=0', undefined],
  ])('of "%s" is %s', async (accept, coding) => {
    const answer = await ask(site, '/feed.xml', { 'Accept-Encoding': accept });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    const decoded =
      coding === 'br'
        ? brotliDecompressSync(answer.body)
        : coding === 'gzip'
          ? gunzipSync(answer.body)
          : answer.body;
    expect(decoded.toString()).toBe(LONG);
  });

  it('gives each form a tag of its own', async () => {
    const tags = await Promise.all(
      ['gzip', 'br', 'identity'].map(
        async (accept) => (await ask(site, '/feed.xml', { 'Accept-Encoding': accept })).headers.etag,
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });

  it.each([
    ['small text', makeEdition({ type: 'text/html', body: 'breve', cacheControl: 'no-cache' })],
    ['a picture', makeEdition({ type: 'image/jpeg', body: Buffer.alloc(5000), cacheControl: 'no-cache' })],
  ])('leaves %s as it is', async (_, edition) => {
    site.pages.set('/x', () => edition);
    const { headers } = await ask(site, '/x', { 'Accept-Encoding': 'gzip, br' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toBeUndefined();
  });
});

describe('a condition on an edition', () => {
  it('is met by the tag of any form, however it is written', async () => {
    const { etag = '' } = (await ask(site, '/feed.xml', { 'Accept-Encoding': 'gzip' })).headers;
    for (const field of [etag, `W/${etag}`, `"a,b", W/"c" , ${etag}`, '*']) {
      const answer = await ask(site, '/feed.xml', { 'If-None-Match': field, 'Accept-Encoding': 'gzip' });
      expect([field, answer.status]).toEqual([field, 304]);
      expect(answer.body.length).toBe(0);
      expect(answer.headers).toMatchObject({
        etag,
        vary: 'Accept-Encoding',
        'cache-control': 'public, max-age=60',
        'access-control-allow-origin': '*',
      });
      expect(answer.headers['content-type']).toBeUndefined();
    }
    const otherForm = await ask(site, '/feed.xml', { 'If-None-Match': etag });
    expect([otherForm.status, otherForm.headers.etag]).toEqual([304, etag]);
  });

  it('is not met by another tag', async () => {
    expect((await ask(site, '/feed.xml', { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('fails with 412 where If-Match names other bytes, before anything else counts', async () => {
    const { etag = '' } = (await ask(site, '/feed.xml')).headers;
    const statusWith = async (headers: Record<string, string>) =>
      (await ask(site, '/feed.xml', headers)).status;
    expect(await statusWith({ 'If-Match': '"other"', 'If-None-Match': etag })).toBe(412);
    expect(await statusWith({ 'If-Match': `W/${etag}` })).toBe(412);
    expect(await statusWith({ 'If-Match': etag })).toBe(200);
    expect(await statusWith({ 'If-Match': '*' })).toBe(200);
  });
});

describe('ranges of an edition', () => {
  it('are of the bytes as they are', async () => {
    const answer = await ask(site, '/feed.xml', { Range: 'bytes=3-7' });
    expect(answer.status).toBe(206);
    expect(answer.body.toString()).toBe(LONG.slice(3, 8));
    expect(answer.headers['content-range']).toBe(`bytes 3-7/${LONG.length}`);
    const none = await ask(site, '/feed.xml', { Range: `bytes=${LONG.length}-` });
    expect([none.status, none.headers['content-range']]).toEqual([416, `bytes */${LONG.length}`]);
  });

  it('are ignored where the answer is compressed', async () => {
    const answer = await ask(site, '/feed.xml', { Range: 'bytes=3-7', 'Accept-Encoding': 'gzip' });
    expect(answer.status).toBe(200);
    expect(gunzipSync(answer.body).toString()).toBe(LONG);
  });
});

describe('methods and redirects', () => {
  it('refuses what changes things, and says what it allows', async () => {
    const answer = await ask(site, '/feed.xml', {}, 'DELETE');
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('answers the question of another site whether it may ask for ranges', async () => {
    const asked = { Origin: 'https://other.example', 'Access-Control-Request-Headers': 'range' };
    for (let round = 0; round < 2; round += 1) {
      const answer = await ask(site, '/feed.xml', asked, 'OPTIONS');
      expect(answer.status).toBe(204);
      expect(answer.headers['access-control-allow-headers']).toContain('Range');
      expect(answer.headers['access-control-allow-origin']).toBe('*');
    }
  });

  it('sends to another address, letters of all alphabets included', async () => {
    site.pages.set('/old', () => ({ kind: 'redirect', status: 301, location: '/shows/perché no' }));
    for (let round = 0; round < 2; round += 1) {
      const answer = await ask(site, '/old');
      expect([answer.status, answer.headers.location]).toEqual([301, '/shows/perch%C3%A9%20no']);
    }
    expect(site.rendered.get('/old')).toBe(1);
  });
});
