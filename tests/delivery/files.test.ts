import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, type Site, startSite } from './serving.ts';

const AUDIO = randomBytes(300_000);
const LONG_AGO = new Date('2024-02-29T10:00:00.500Z');
/** Longer than a look at the disk counts. */
const diskIsLookedAt = () => new Promise((resolve) => setTimeout(resolve, 1100));

let site: Site;
let path: string;
beforeEach(async () => {
  site = await startSite();
  path = join(site.folder, 'gilberto.mp3');
  await writeFile(path, AUDIO);
  await utimes(path, LONG_AGO, LONG_AGO);
  site.pages.set('/gilberto.mp3', () => ({
    kind: 'file',
    path,
    type: 'audio/mpeg',
    cacheControl: 'public, max-age=31536000, immutable',
    crossOrigin: true,
    headers: {},
  }));
});
afterEach(() => site.close());

const range = (value: string, more: Record<string, string> = {}) =>
  ask(site, '/gilberto.mp3', { Range: value, ...more });

describe('a file', () => {
  it('arrives whole, first and later', async () => {
    for (let round = 0; round < 3; round += 1) {
      const answer = await ask(site, '/gilberto.mp3', { 'Accept-Encoding': 'gzip' });
      expect(answer.status).toBe(200);
      expect(answer.body.equals(AUDIO)).toBe(true);
      expect(answer.headers).toMatchObject({
        'content-type': 'audio/mpeg',
        'content-length': '300000',
        'accept-ranges': 'bytes',
        'last-modified': 'Thu, 29 Feb 2024 10:00:00 GMT',
        'x-content-type-options': 'nosniff',
      });
    }
    expect(site.rendered.get('/gilberto.mp3')).toBe(1);
  });

  it('answers HEAD with its length and no body', async () => {
    const answer = await ask(site, '/gilberto.mp3', { Range: 'bytes=0-1' }, 'HEAD');
    expect([answer.status, answer.headers['content-length'], answer.body.length]).toEqual([200, '300000', 0]);
  });

  it('may be empty', async () => {
    await writeFile(path, '');
    expect((await ask(site, '/gilberto.mp3')).headers['content-length']).toBe('0');
    expect((await range('bytes=0-')).status).toBe(200);
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=299999-', 299_999, 300_000],
    ['bytes=1000-', 1000, 300_000],
    ['bytes=-5', 299_995, 300_000],
    ['bytes=-999999999', 0, 300_000],
    ['bytes=5-99999999999999999999999', 5, 300_000],
    ['Bytes=70000-140000', 70_000, 140_001],
    ['bytes= 1-2 , ', 1, 3],
    // Overlapping or touching: sent as one.
    ['bytes=0-99,50-199', 0, 200],
  ])('is sent in the part %s', async (field, start, end) => {
    for (let round = 0; round < 2; round += 1) {
      const answer = await range(field);
      expect(answer.status).toBe(206);
      expect(answer.headers['content-range']).toBe(`bytes ${start}-${end - 1}/300000`);
      expect(answer.headers['content-length']).toBe(String(end - start));
      expect(answer.body.equals(AUDIO.subarray(start, end))).toBe(true);
    }
  });

  it.each(['bytes=300000-', 'bytes=-0', 'bytes=999999-9999999', 'bytes=300000-300001,-0'])(
    'has no part %s',
    async (field) => {
      const answer = await range(field);
      expect([answer.status, answer.headers['content-range']]).toEqual([416, 'bytes */300000']);
      expect(answer.body.length).toBe(0);
    },
  );

  it.each([
    'seconds=1-2',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=a-b',
    'bytes=1-2;3',
    'bytes=0x1-2',
    `bytes=${Array.from({ length: 17 }, (_, index) => `${index * 1000}-${index * 1000}`).join(',')}`,
    `bytes=${'0-,'.repeat(3000)}`,
  ])('is sent whole to whoever asks for "%s"', async (field) => {
    const answer = await range(field);
    expect([answer.status, answer.body.length]).toEqual([200, 300_000]);
  });

  it('is sent in several parts, each with its own head', async () => {
    const answer = await range('bytes=0-9,100000-200000,-10');
    expect(answer.status).toBe(206);
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    const boundary = /^multipart\/byteranges; boundary=(\S+)$/.exec(
      answer.headers['content-type'] ?? '',
    )?.[1];
    const expected = [
      [0, 10],
      [100_000, 200_001],
      [299_990, 300_000],
    ].flatMap(([start = 0, end = 0]) => [
      Buffer.from(
        `\r\n--${boundary}\r\nContent-Type: audio/mpeg\r\nContent-Range: bytes ${start}-${end - 1}/300000\r\n\r\n`,
      ),
      AUDIO.subarray(start, end),
    ]);
    const whole = Buffer.concat([...expected, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    expect(answer.body.equals(whole)).toBe(true);
  });
});

describe('a condition on a file', () => {
  const modified = 'Thu, 29 Feb 2024 10:00:00 GMT';
  const earlier = 'Thu, 29 Feb 2024 09:59:59 GMT';
  const statusWith = async (headers: Record<string, string>) =>
    (await ask(site, '/gilberto.mp3', headers)).status;

  it('may be a tag or a date, in any form that HTTP knows', async () => {
    const { etag = '' } = (await ask(site, '/gilberto.mp3')).headers;
    expect(await statusWith({ 'If-None-Match': etag })).toBe(304);
    expect(await statusWith({ 'If-Modified-Since': modified })).toBe(304);
    expect(await statusWith({ 'If-Modified-Since': 'Thursday, 29-Feb-24 10:00:00 GMT' })).toBe(304);
    expect(await statusWith({ 'If-Modified-Since': 'Thu Feb 29 10:00:00 2024' })).toBe(304);
    expect(await statusWith({ 'If-Modified-Since': earlier })).toBe(200);
    expect(await statusWith({ 'If-Modified-Since': '2024-02-29' })).toBe(200);
  });

  it('counts in the order of RFC 9110', async () => {
    const { etag = '' } = (await ask(site, '/gilberto.mp3')).headers;
    expect(await statusWith({ 'If-None-Match': '"other"', 'If-Modified-Since': modified })).toBe(200);
    expect(await statusWith({ 'If-Unmodified-Since': earlier })).toBe(412);
    expect(await statusWith({ 'If-Unmodified-Since': modified })).toBe(200);
    expect(await statusWith({ 'If-Match': etag, 'If-Unmodified-Since': earlier })).toBe(200);
    expect(await statusWith({ 'If-Match': '"other"', 'If-Unmodified-Since': modified })).toBe(412);
  });

  it('says whether a part is still a part of the same file', async () => {
    const { etag = '' } = (await ask(site, '/gilberto.mp3')).headers;
    const statusOf = async (ifRange: string) => (await range('bytes=0-9', { 'If-Range': ifRange })).status;
    expect(await statusOf(etag)).toBe(206);
    expect(await statusOf(modified)).toBe(206);
    expect(await statusOf(`W/${etag}`)).toBe(200);
    expect(await statusOf('"other"')).toBe(200);
    expect(await statusOf(earlier)).toBe(200);
    expect(await statusOf('soon')).toBe(200);
  });
});

describe('a file that changes', () => {
  it('is another one after it was renamed over', async () => {
    const before = await range('bytes=0-9');
    const next = randomBytes(200_000);
    await writeFile(`${path}.new`, next);
    await rename(`${path}.new`, path);
    await diskIsLookedAt();
    const after = await ask(site, '/gilberto.mp3');
    expect(after.body.equals(next)).toBe(true);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it('is another one after it was overwritten in place', async () => {
    await range('bytes=0-9');
    const next = randomBytes(300_000);
    await writeFile(path, next);
    await diskIsLookedAt();
    expect((await ask(site, '/gilberto.mp3')).body.equals(next)).toBe(true);
  });

  it('is the application’s to explain once it is gone', async () => {
    await range('bytes=0-9');
    await rm(path);
    await diskIsLookedAt();
    expect((await ask(site, '/gilberto.mp3')).status).toBe(404);
    expect(site.rendered.get('/gilberto.mp3')).toBe(2);
  });

  it('ends the connection when it is shorter than what was promised', async () => {
    await range('bytes=0-9');
    await truncate(path, 1000);
    await expect(ask(site, '/gilberto.mp3')).rejects.toThrow(/aborted|hang up|reset/i);
    // And the next answer is right again.
    expect((await ask(site, '/gilberto.mp3')).headers['content-length']).toBe('1000');
  });

  it('is not a folder or a named pipe', async () => {
    await rm(path);
    await mkdir(path);
    expect((await ask(site, '/gilberto.mp3')).status).toBe(404);
    await rm(path, { recursive: true });
    execFileSync('mkfifo', [path]);
    expect((await ask(site, '/gilberto.mp3')).status).toBe(404);
  });
});

it('does not go on reading for clients that stopped, and goes on serving the others', async () => {
  const big = join(site.folder, 'big.mp3');
  await writeFile(big, Buffer.alloc(30_000_000, 7));
  site.pages.set('/big.mp3', () => ({
    kind: 'file',
    path: big,
    type: 'audio/mpeg',
    cacheControl: 'no-cache',
    crossOrigin: false,
    headers: {},
  }));
  await ask(site, '/big.mp3', { Range: 'bytes=0-9' });
  const before = process.memoryUsage().rss;
  const stalled = Array.from({ length: 40 }, () => {
    const socket = connect(site.port, '127.0.0.1').pause();
    socket.write('GET /big.mp3 HTTP/1.1\r\nHost: x\r\n\r\n');
    return socket;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  expect((await range('bytes=0-9')).status).toBe(206);
  for (const socket of stalled) socket.destroy();
});
