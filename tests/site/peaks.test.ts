import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PEAK_BINS } from '../../src/audio/production/waveform-peaks.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-venti-volte-meno';
const KEY = EPISODE.slice('/shows/'.length);
const FINGERPRINT = '1f2e3d4c5b';
const PEAKS = `${EPISODE}/gilberto-${FINGERPRINT}.mp3.peaks`;
let site: SiteUnderTest;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(() => {
  site.wished.length = 0;
});

const get = (path: string) => request(site.server).get(path);

describe('the waveform of a segment', () => {
  test('is nothing while it is not drawn, is kept by nobody, and is put to be drawn', async () => {
    const { headers, body } = await get(PEAKS).buffer().expect(204);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('content-length');
    expect(body).toHaveLength(0);
    expect(site.wished).toEqual([KEY]);
  });

  test('is its bins as bytes, for ever, for every site’s script, as soon as it is drawn', async () => {
    const bins = Uint8Array.from({ length: PEAK_BINS }, (_, bin) => bin % 256);
    await get(PEAKS).expect(204);
    site.drawn.set(FINGERPRINT, bins);
    site.wished.length = 0;
    for (const visit of ['first', 'second']) {
      const { headers, body } = await get(PEAKS).buffer().expect(200);
      expect(new Uint8Array(body), visit).toEqual(bins);
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(headers['content-length']).toBe(String(PEAK_BINS));
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['access-control-allow-origin']).toBe('*');
    }
    expect(site.wished).toEqual([]);
    await request(site.server).head(PEAKS).expect(200);
  });

  test.each(['gilberto.mp3', 'gilberto-0000000000.mp3'])('is where the older name %s leads', async (name) => {
    await get(`${EPISODE}/${name}.peaks`).expect(302).expect('Location', PEAKS);
    expect(site.wished).toEqual([]);
  });

  test('is not there for what is no sound, and nobody draws for such an address', async () => {
    await get(`${EPISODE}/altro.mp3.peaks`).expect(404);
    await get(`${EPISODE}/gilberto-aabbccddee.vtt.peaks`).expect(404);
    await get(`${EPISODE}/.peaks`).expect(404);
    await get('/shows/stacca-stacca/mai-esistita/x.mp3.peaks').expect(404);
    expect(site.wished).toEqual([]);
  });

  test('of an episode that is not public is not there, and is not drawn by asking', async () => {
    await get('/shows/arabesque/bozza/audio-1f2e3d4c5b.mp3.peaks').expect(404);
    await get('/shows/arabesque/domani/audio.mp3.peaks').expect(404);
    await get('/shows/arabesque/ritirata/audio-1f2e3d4c5b.mp3.peaks').expect(410);
    expect(site.wished).toEqual([]);
  });
});
