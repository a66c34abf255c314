import { describe, expect, it } from 'vitest';
import { Limiter } from '../../../src/audio/production/loudness/limiter.ts';
import { LoudnessMeter } from '../../../src/audio/production/loudness/loudness-meter.ts';
import { TruePeakMeter } from '../../../src/audio/production/loudness/true-peak.ts';
import { integratedLoudness } from '../../fixtures/loudness.ts';
import { joined, noise, RATE, speech, tone } from '../../fixtures/sounds.ts';

// EBU Tech 3341, cases 1 to 5: a tone in both channels, at levels in turn (dBFS) for so many seconds; the longest are
// a third as long here.
const CASES: { loudness: number; levels: number[]; seconds: number[] }[] = [
  { loudness: -23, levels: [-23], seconds: [20] },
  { loudness: -33, levels: [-33], seconds: [20] },
  { loudness: -23, levels: [-36, -23, -36], seconds: [3, 20, 3] },
  { loudness: -23, levels: [-72, -36, -23, -36, -72], seconds: [3, 3, 20, 3, 3] },
  { loudness: -23, levels: [-26, -20, -26], seconds: [20, 20.1, 20] },
];

describe('loudness', () => {
  it.each(CASES)(
    'of a tone at $levels dBFS is $loudness LUFS by both meters',
    ({ loudness, levels, seconds }) => {
      const at = (rate: number) =>
        joined(...levels.map((level, part) => tone(seconds[part] ?? 0, { frequency: 1000, level, rate })));
      const ours = at(RATE);
      const meter = new LoudnessMeter(RATE);
      for (let from = 0; from < ours.length; from += 7_000) {
        const piece = ours.subarray(from, from + 7_000);
        meter.add([piece, piece.slice()], piece.length);
      }
      expect(Math.abs((meter.integrated() ?? 0) - loudness)).toBeLessThan(0.1);
      const theirs = at(48_000);
      expect(Math.abs(integratedLoudness([theirs, theirs]) - loudness)).toBeLessThan(0.1);
    },
  );

  it('of silence is none', () => {
    const meter = new LoudnessMeter(RATE);
    meter.add([new Float32Array(RATE)], RATE);
    expect(meter.integrated()).toBeUndefined();
  });
});

describe('true peak', () => {
  // EBU Tech 3341, cases 15 to 19: what the samples miss is found, within +0.2 and -0.4 dB.
  it.each([
    [4, 0, 0.5],
    [4, 45, 0.5],
    [6, 60, 0.5],
    [8, 67.5, 0.5],
    [4, 45, 1.41],
  ])('of a tone of a %ith of the rate, %d° off, is its amplitude', (part, phase, amplitude) => {
    const level = 20 * Math.log10(amplitude);
    const wave = tone(0.5, { frequency: RATE / part, level, phase });
    const fade = wave.map(
      (sample, index) => sample * Math.min(1, index / 2_000, (wave.length - index) / 2_000),
    );
    const meter = new TruePeakMeter(1);
    for (let from = 0; from < fade.length; from += 1_000)
      meter.add([fade.subarray(from)], Math.min(1_000, fade.length - from));
    meter.end();
    const difference = (meter.decibels() ?? 0) - level;
    expect(difference).toBeLessThan(0.2);
    expect(difference).toBeGreaterThan(-0.4);
  });
});

describe('the limiter', () => {
  const through = (planes: Float32Array[], gain: number, ceiling: number, step: number): Float32Array[] => {
    const limiter = new Limiter(planes.length, gain, ceiling);
    const parts: Float32Array[][] = planes.map(() => []);
    const length = planes[0]?.length ?? 0;
    const keep = ({ planes, count }: { planes: Float32Array[]; count: number }) => {
      for (const [channel, part] of parts.entries())
        part.push(planes[channel]?.slice(0, count) ?? new Float32Array());
    };
    for (let from = 0; from < length; from += step) {
      const count = Math.min(step, length - from);
      keep(limiter.process({ planes: planes.map((plane) => plane.subarray(from, from + count)), count }));
    }
    keep(limiter.finish());
    return parts.map((part) => joined(...part));
  };
  const truePeak = (planes: Float32Array[]) => {
    const meter = new TruePeakMeter(planes.length);
    meter.add(planes, planes[0]?.length ?? 0);
    meter.end();
    return meter.peak;
  };

  it.each([
    ['speech', [speech(3, { level: 0 })]],
    ['a sound that begins at full scale', [noise(1, { level: 0 })]],
    ['noise in two channels', [noise(2, { level: 0 }), noise(2, { level: -6, seed: 4 })]],
  ])('keeps %s under its ceiling, as long as it was', (_, planes) => {
    const limited = through(planes, 4, 0.5, 4_096);
    expect(limited[0]?.length).toBe(planes[0]?.length);
    expect(truePeak(planes)).toBeGreaterThan(0.5);
    expect(truePeak(limited)).toBeLessThan(0.5 * 10 ** (0.1 / 20));
  });

  it('does the same whatever the pieces', () => {
    const planes = [speech(2, { level: 0 })];
    expect(through(planes, 3, 0.5, 1_000)).toEqual(through(planes, 3, 0.5, 44_100));
  });

  it('only amplifies what stays below', () => {
    const wave = tone(1, { level: -20 });
    expect(through([wave], 2, 0.5, 1_152)).toEqual([wave.map((sample) => sample * 2)]);
  });
});
