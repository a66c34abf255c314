import { statSync } from 'node:fs';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AUDIO, openSite, type SiteUnderTest } from './site-under-test.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-venti-volte-meno';
let site: SiteUnderTest;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const get = (path: string) => request(site.server).get(path);

describe('a segment’s audio', () => {
  test('is the file, for ever, under the name with its fingerprint', async () => {
    const { headers, body } = await get(`${EPISODE}/gilberto-1f2e3d4c5b.mp3`).buffer().expect(200);
    expect(headers['content-type']).toBe('audio/mpeg');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-length']).toBe(String(statSync(AUDIO).size));
    expect(body).toHaveLength(statSync(AUDIO).size);
  });

  test('answers HEAD and ranges without a detour', async () => {
    await request(site.server).head(`${EPISODE}/gilberto-1f2e3d4c5b.mp3`).expect(200);
    const { headers } = await get(`${EPISODE}/gilberto-1f2e3d4c5b.mp3`).set('Range', 'bytes=0-9').expect(206);
    expect(headers['content-length']).toBe('10');
  });

  test.each(['gilberto.mp3', 'gilberto-0000000000.mp3'])('is where the older name %s leads', async (name) => {
    await get(`${EPISODE}/${name}`).expect(302).expect('Location', `${EPISODE}/gilberto-1f2e3d4c5b.mp3`);
  });

  test('is not there under a name that it never had', async () => {
    await get(`${EPISODE}/altro.mp3`).expect(404);
    await get(`${EPISODE}/episode.md`).expect(404);
  });

  test('of an episode that is not public is not there either', async () => {
    await get('/shows/arabesque/bozza/audio-1f2e3d4c5b.mp3').expect(404);
    await get('/shows/arabesque/domani/audio.mp3').expect(404);
    await get('/shows/arabesque/ritirata/audio-1f2e3d4c5b.mp3').expect(410);
  });
});

test('a transcript has its own type, and any site’s script may read it', async () => {
  await get(`${EPISODE}/gilberto-aabbccddee.vtt`)
    .expect(200)
    .expect('Content-Type', /^text\/vtt/)
    .expect('Access-Control-Allow-Origin', '*');
});

test('chapters are JSON, under the name that the feed gives them', async () => {
  const { text } = await get(`${EPISODE}/gilberto-1f2e3d4c5b.mp3.chapters.json`)
    .expect(200)
    .expect('Content-Type', /^application\/json\+chapters/);
  expect(JSON.parse(text)).toMatchObject({ chapters: [{ startTime: 0 }, { startTime: 492 }, {}, {}] });
  await get(`${EPISODE}/gilberto.mp3.chapters.json`)
    .expect(302)
    .expect('Location', `${EPISODE}/gilberto-1f2e3d4c5b.mp3.chapters.json`);
});

describe('a picture', () => {
  test('comes in the sizes and formats that exist, for ever', async () => {
    const { headers } = await get('/pictures/picture-station/320.webp').expect(200);
    expect(headers['content-type']).toBe('image/webp');
    expect(headers['cache-control']).toContain('immutable');
  });

  test.each([
    'picture-station/321.webp',
    'picture-station/320.gif',
    'picture-station/320',
    'nobody/320.webp',
  ])('%s is not there', async (name) => {
    await get(`/pictures/${name}`).expect(404);
  });
});

describe('assets', () => {
  test('are kept for ever under a name made of their bytes; an older name leads to the present one', async () => {
    const { text } = await get('/');
    const sheet = /rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? '';
    const { headers } = await get(sheet).expect(200);
    expect(headers['cache-control']).toContain('immutable');
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    await get(sheet.replace(/-[0-9a-f]{10}/, '-0000000000'))
      .expect(302)
      .expect('Location', sheet);
    await get('/assets/nothing-0000000000.css').expect(404);
  });

  test('that a page of another process names are found by a process that has shown no page yet', async () => {
    const { text } = await get('/');
    const sheet = /rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? '';
    const fresh = await openSite();
    const { headers } = await request(fresh.server).get(sheet).expect(200);
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    await fresh.close();
  });

  test('that pages name are all there: fonts, scripts and what the scripts import', async () => {
    const { text } = await get('/');
    const named = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(6);
    for (const path of named) {
      const { text: source, type } = await get(path).buffer().expect(200);
      if (!type.endsWith('javascript')) continue;
      for (const [, name] of (source ?? '').matchAll(/(?:from|import) '\.\/([^']+)'/g)) {
        await get(`/assets/${name}`).expect(200);
      }
    }
  });

  test('scripts weigh less than 15 KB together, as they travel', async () => {
    const { text } = await get('/');
    const scripts = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+\.js)"/g)].map(
      (match) => match[1] ?? '',
    );
    const sizes = await Promise.all(
      scripts.map(async (path) => {
        const { headers } = await request(site.server).head(path).set('Accept-Encoding', 'br').expect(200);
        return Number(headers['content-length']);
      }),
    );
    expect(scripts.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(15_000);
  });
});
