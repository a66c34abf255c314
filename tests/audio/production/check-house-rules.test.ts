import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soundTag } from '../../../src/audio/production/mp3/id3-tag.ts';
import { HOUSE_RULES } from '../../../src/audio/production/production.ts';
import { speech, waveFile } from '../../fixtures/sounds.ts';
import { workshop } from './workshop.ts';

const house = workshop();
afterAll(() => house.close());

/** An MP3 that keeps to the house rules: 5 s, mono, 96 kbit/s; and ones that do not. */
let good: Buffer;
let quiet: Buffer;
let coarse: Buffer;
let peaky: Buffer;

beforeAll(async () => {
  const source = house.put('source.wav', waveFile([speech(5)]));
  const made = async (rules: Partial<typeof HOUSE_RULES>) => {
    await house.make(source, { rules: { ...HOUSE_RULES, ...rules } });
    return house.made();
  };
  good = await made({});
  quiet = await made({ loudness: -17 });
  coarse = await made({ monoBitrate: 256 });
  peaky = await made({ truePeak: 2 });
});

/** Begins with the frame behind the Info table. */
const withoutTable = (mp3: Buffer): Buffer => mp3.subarray(313);

const tagged = (mp3: Buffer, coverBytes: number): Buffer => {
  const cover = { type: 'image/jpeg', bytes: Buffer.alloc(coverBytes, 7) } as const;
  const words = { title: 'Titolo', show: 'Trasmissione', station: 'Radio', date: '2025-01-30' };
  return Buffer.concat([soundTag({ ...words, chapters: [], seconds: 5, cover }), mp3]);
};

describe('an MP3 that keeps to the house rules', () => {
  it('is published bit for bit, and said to be what it is', async () => {
    const production = await house.make(house.put('good.mp3', good));
    expect(house.made().equals(good)).toBe(true);
    expect(production).toMatchObject({ untouched: true, channels: 1, bitrate: 97, bytes: good.length });
    expect(production.seconds).toBe(5);
    expect(Math.abs((production.loudness ?? 0) + 16)).toBeLessThan(0.5);
    expect(production.loudnessBefore).toBe(production.loudness);
  });

  it('leaves the upload as it is when the result goes', async () => {
    const source = house.put('good.mp3', good);
    await house.make(source);
    await house.make(source);
    expect(house.names().filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(statSync(source).size).toBe(good.length);
  });

  it('needs no table when all its frames are alike', async () => {
    const production = await house.make(house.put('good.mp3', withoutTable(good)));
    expect(production.untouched).toBe(true);
  });

  it('may have tags and a cover, even one that nobody could decode', async () => {
    const production = await house.make(house.put('good.mp3', tagged(good, 100_000)));
    expect(production).toMatchObject({ untouched: true, tags: { title: 'Titolo' } });
  });

  it('is recognized in a long file by passages of it', async () => {
    const source = house.put('long.mp3', Buffer.concat(Array<Buffer>(148).fill(withoutTable(good))));
    const { untouched, seconds, loudness } = await house.make(source);
    expect(untouched).toBe(true);
    expect(Math.abs(seconds - 148 * 5)).toBeLessThan(10);
    expect(Math.abs((loudness ?? 0) + 16)).toBeLessThan(0.5);
  });
});

describe('an MP3 that does not is made anew:', () => {
  it.each<[string, () => Buffer]>([
    ['one that is 1 LU too quiet', () => quiet],
    ['one of a much higher bitrate', () => coarse],
    ['one that peaks too high', () => peaky],
    ['one with megabytes of tags', () => tagged(good, 3 * 1024 * 1024)],
    ['two that were joined, with the table of the first', () => Buffer.concat([good, good])],
    [
      'one whose frames are interrupted',
      () => Buffer.concat([good.subarray(0, 5_000), Buffer.alloc(999, 1), good]),
    ],
  ])('%s', async (_, bytes) => {
    const production = await house.make(house.put('source.mp3', bytes()));
    expect(production.untouched).toBe(false);
    expect(Math.abs((production.loudness ?? 0) + 16)).toBeLessThan(0.5);
    expect(production.truePeak).toBeLessThanOrEqual(-1);
  });

  it('a stereo file of which mono is wanted', async () => {
    const other = speech(5, { seed: 3 }).reverse();
    await house.make(house.put('source.wav', waveFile([speech(5), other])));
    const stereo = house.put('stereo.mp3', house.made());
    expect((await house.make(stereo)).untouched).toBe(true);
    expect(await house.make(stereo, { voice: 'mono' })).toMatchObject({ untouched: false, channels: 1 });
  });

  it('a long one that is too quiet, by passages of it', async () => {
    const source = house.put('long.mp3', Buffer.concat(Array<Buffer>(148).fill(withoutTable(quiet))));
    const stop = new AbortController();
    const steps: number[] = [];
    const report = (stage: string, progress: number) => {
      if (stage !== 'measuring') return;
      // It is measured anew, all of it, for the encoder.
      if (progress < (steps.at(-1) ?? 0)) stop.abort(new Error('seen enough'));
      steps.push(progress);
    };
    await expect(house.make(source, {}, { report, signal: stop.signal })).rejects.toThrow('seen enough');
  });
});
