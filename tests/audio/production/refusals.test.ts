import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { EmptyAudio, NotAudio } from '../../../src/audio/failures.ts';
import {
  AudioTooLong,
  CutAudio,
  DiskFull,
  ProductionFailed,
  SilentAudio,
} from '../../../src/audio/production/failures.ts';
import { Mp3File } from '../../../src/audio/production/mp3/mp3-encoder.ts';
import { type EncodedFixture, encodedFixture, mp3, wav } from '../../fixtures/audio.ts';
import { noise, speech, tone, waveFile } from '../../fixtures/sounds.ts';
import { workshop } from './workshop.ts';

const house = workshop({ limits: { longest: 30 } });
afterAll(() => house.close());

const fixture = (name: EncodedFixture): Buffer => readFileSync(encodedFixture(name));
const ZIP = Buffer.from('504b0304140000000800000021000000000000000000000000000000000000', 'hex');

describe('a file is refused', () => {
  it.each([
    ['that is a page', '<!doctype html><title>404</title>', NotAudio],
    ['that is text', 'non è audio', NotAudio],
    ['that is a ZIP', ZIP, NotAudio],
    ['that is a video', fixture('video-only.mp4'), NotAudio],
    [
      'that is random',
      Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * 7919 * (at % 251)) % 256)),
      NotAudio,
    ],
    ['that says WAVE and is not', `RIFF\x10\x00\x00\x00WAVE${'x'.repeat(40)}`, NotAudio],
    ['without a byte', '', EmptyAudio],
    ['with a header and no sound', wav({ seconds: 0 }), EmptyAudio],
    ['with a tag and no sound', mp3({ title: 'Vuoto' }).subarray(0, 26), EmptyAudio],
    ['that is silent', wav({ seconds: 2 }), SilentAudio],
    ['that is as good as silent', waveFile([tone(2, { level: -80 })]), SilentAudio],
    ['that is a silent MP3', mp3({ seconds: 2 }), SilentAudio],
    ['that is too long', wav({ seconds: 31 }), AudioTooLong],
  ])('%s', async (_, bytes, kind) => {
    await expect(house.make(house.put('source.mp3', bytes))).rejects.toBeInstanceOf(kind);
    expect(house.names()).toEqual(['source.mp3']);
  });

  it.each([
    ['MP3', fixture('vbr.mp3'), 0.6],
    ['WAV', waveFile([speech(4)]), 2],
    ['AIFF', fixture('pcm.aiff'), 1],
    // Of these little is left without the end.
    ['FLAC', fixture('flac.flac'), 0],
    ['Ogg', fixture('vorbis-chapters.ogg'), 0],
    ['M4A', fixture('aac-chapters.m4a'), 0],
  ])('that was cut in the middle of its %s, with as much as there is of it', async (_, bytes, seconds) => {
    const cut = house.make(house.put('source', bytes.subarray(0, bytes.length / 2)));
    const error = await cut.catch((reason: unknown) => reason);
    if (!(error instanceof CutAudio)) throw error;
    expect(Math.abs(error.seconds - seconds)).toBeLessThan(0.6);
  });

  it('that is not there', async () => {
    await expect(house.make('/nowhere/at-all.wav')).rejects.toBeInstanceOf(ProductionFailed);
  });

  it.runIf(existsSync('/dev/full'))('when there is no room for what it becomes', () => {
    const result = new Mp3File('/dev/full', 1, 96, () => {});
    const write = () => {
      result.add({ planes: [speech(4)], count: 4 * 44_100 });
      result.finish();
    };
    expect(write).toThrow(DiskFull);
    result.close();
  });
});

describe('a file is taken', () => {
  it('with a hundred megabytes of tags, which nobody reads', async () => {
    const size = 100 * 1024 * 1024;
    const path = house.put('source.mp3', Buffer.from('494433040000320000004150494332000000', 'hex'));
    truncateSync(path, 10 + size);
    appendFileSync(path, fixture('vbr.mp3'));
    expect(await house.make(path)).toMatchObject({ seconds: 2, untouched: false, tags: {} });
  });

  it('with broken frames in its middle', async () => {
    await house.make(house.put('source.wav', waveFile([speech(8)])));
    const bytes = house.made();
    bytes.set(
      noise(0.1).map((sample) => sample * 2_000),
      40_000,
    );
    const { seconds, untouched } = await house.make(house.put('source.mp3', bytes));
    expect(untouched).toBe(false);
    expect(seconds).toBeGreaterThan(7);
  });

  it('whatever its name says', async () => {
    const source = house.put('source: a page.html', waveFile([speech(2)]));
    expect((await house.make(source)).seconds).toBe(2);
  });
});
