import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type EncodedFixture, encodedFixture } from '../../fixtures/audio.ts';
import { loudnessOfFile } from '../../fixtures/loudness.ts';
import { joined, noise, silence, speech, tone, waveFile } from '../../fixtures/sounds.ts';
import { workshop } from './workshop.ts';

const house = workshop();
afterAll(() => house.close());

describe('the level of what is made', () => {
  it.each([
    ['a quiet speech with high peaks', [speech(5, { level: -12 })]],
    [
      'a speech that begins with its loudest peak',
      [joined(noise(0.02, { level: -0.1 }), speech(4, { level: -20 }))],
    ],
    ['a loud tone in stereo', [tone(3, { level: -0.5 }), tone(3, { level: -0.5, frequency: 440 })]],
    ['noise in stereo', [noise(3, { level: -1, seed: 2 }), noise(3, { level: -1, seed: 3 })]],
    [
      'bursts between silence',
      [joined(silence(1), noise(1, { level: -3 }), silence(2), tone(1, { level: -10 }))],
    ],
    ['half a second', [speech(0.5)]],
  ])('is the house’s for %s', async (_, planes) => {
    const production = await house.make(house.put('source.wav', waveFile(planes)));
    const heard = await loudnessOfFile(house.target);
    expect(Math.abs(heard.integrated + 16)).toBeLessThan(0.5);
    expect(heard.truePeak).toBeLessThanOrEqual(-1);
    expect(Math.abs(heard.seconds - (planes[0]?.length ?? 0) / 44_100)).toBeLessThan(0.001);
    // What it says of itself is what another meter says.
    expect(production.loudness).toBeCloseTo(heard.integrated, 1);
    expect(Math.abs((production.truePeak ?? 0) - heard.truePeak)).toBeLessThan(0.3);
    expect(production).toMatchObject({
      untouched: false,
      channels: planes.length,
      bytes: house.made().length,
    });
  });

  it('is told of the source as well', async () => {
    const source = house.put('source.wav', waveFile([tone(4, { level: -30 }), tone(4, { level: -30 })]));
    const { loudnessBefore } = await house.make(source, { voice: 'stereo' });
    // EBU Tech 3341, case 1: a tone in both channels measures as its peak says.
    expect(loudnessBefore).toBeCloseTo(-30, 1);
  });

  it('is another where the station’s rules are others', async () => {
    const rules = {
      loudness: -19,
      tolerance: 0.5,
      truePeak: -3,
      sampleRate: 44_100,
      monoBitrate: 64,
      stereoBitrate: 192,
    };
    const production = await house.make(house.put('source.wav', waveFile([speech(4)])), { rules });
    const heard = await loudnessOfFile(house.target);
    expect(Math.abs(heard.integrated + 19)).toBeLessThan(0.5);
    expect(heard.truePeak).toBeLessThanOrEqual(-3);
    expect(Math.abs(production.bitrate - 64)).toBeLessThan(2);
  });
});

describe('what is taken', () => {
  it.each<[EncodedFixture, number]>([
    ['aac-chapters.m4a', 2],
    ['opus.opus', 2],
    ['vorbis-chapters.ogg', 2],
    ['flac.flac', 2],
    ['vbr.mp3', 2],
    ['vbr-no-header.mp3', 2.088],
    ['adts.aac', 2.112],
    ['pcm.aiff', 2],
  ])('%s becomes an MP3 at the house’s level', async (name, seconds) => {
    const production = await house.make(fileURLToPath(encodedFixture(name)));
    const heard = await loudnessOfFile(house.target);
    expect(Math.abs(heard.integrated + 16)).toBeLessThan(0.5);
    expect(heard.truePeak).toBeLessThanOrEqual(-1);
    expect(Math.abs(production.seconds - seconds)).toBeLessThan(0.01);
  });

  it('keeps what its tags and chapters say', async () => {
    const production = await house.make(fileURLToPath(encodedFixture('aac-chapters.m4a')));
    expect(production.tags).toEqual({ title: 'Sputnik', artist: 'Stacca Stacca', date: '2025-01-30' });
    expect(production.chapters).toEqual([
      { start: 0, title: 'La notizia' },
      { start: 1, title: 'Aperto, ma quanto?' },
    ]);
  });

  it.each([8_000, 48_000, 96_000])('a rate of %i Hz becomes 44.1 kHz', async (rate) => {
    const source = house.put('source.wav', waveFile([tone(3, { rate })], rate));
    expect((await house.make(source)).seconds).toBeCloseTo(3, 3);
    expect((await loudnessOfFile(house.target)).seconds).toBeCloseTo(3, 2);
  });
});

describe('the channels', () => {
  const one = speech(3);
  const other = speech(3, { seed: 99, level: -9 }).map((sample, at) => sample + 0.1 * Math.sin(at / 9));

  it.each([
    ['that carry the same become one', [one, one], 'auto', 1],
    ['of which one is a little louder become one', [one, one.map((sample) => sample * 0.96)], 'auto', 1],
    ['of which one is silent become one', [one, silence(3)], 'auto', 1],
    ['that differ stay two', [one, other], 'auto', 2],
    [
      'that differ for a moment stay two',
      [one, joined(one.slice(0, 110_000), other.slice(110_000))],
      'auto',
      2,
    ],
    ['that differ become one on demand', [one, other], 'mono', 1],
    ['that carry the same stay two on demand', [one, one], 'stereo', 2],
    ['of a mono file stay one', [one], 'stereo', 1],
  ] as const)('%s', async (_, planes, voice, channels) => {
    const production = await house.make(house.put('source.wav', waveFile([...planes])), { voice });
    const heard = await loudnessOfFile(house.target);
    expect([production.channels, heard.channels]).toEqual([channels, channels]);
    expect(Math.abs(production.bitrate - (channels === 1 ? 96 : 128))).toBeLessThan(4);
    expect(Math.abs(heard.integrated + 16)).toBeLessThan(0.5);
  });
});
