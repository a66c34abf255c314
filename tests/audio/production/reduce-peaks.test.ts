import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { Mp3File } from '../../../src/audio/production/mp3/mp3-encoder.ts';
import { reducePeaks } from '../../../src/audio/production/mp3/reduce-peaks.ts';
import { ResultCheck } from '../../../src/audio/production/result-check.ts';
import { loudnessOfFile } from '../../fixtures/loudness.ts';
import { joined, noise, RATE, tone } from '../../fixtures/sounds.ts';
import { folder } from '../files.ts';

const files = folder();
afterAll(() => files.remove());

describe('a place of an MP3 that is too loud', () => {
  it.each([1, 2] as const)(
    'is turned down in a file of %i channels, and all else stays bit for bit',
    async (channels) => {
      const sound = joined(tone(2, { level: -20 }), noise(0.05, { level: -1 }), tone(2, { level: -20 }));
      const planes = [sound, sound.map((sample) => sample * 0.7)].slice(0, channels);
      const path = files.put(`loud-${channels}.mp3`, '');
      const limit = 10 ** (-3 / 20);
      const check = new ResultCheck({ channels, samples: sound.length, limit });
      const file = new Mp3File(path, channels, 128, (frame) => check.add(frame));
      file.add({ planes, count: sound.length });
      file.finish();
      file.close();
      const { places, levels } = check.finish();
      expect(levels.samples).toBe(sound.length);
      expect(places.size).toBeGreaterThan(0);

      const before = readFileSync(path);
      const peak = reducePeaks(path, places, limit);
      const after = readFileSync(path);
      const heard = await loudnessOfFile(path);
      expect(peak).toBeLessThanOrEqual(limit);
      expect(heard.truePeak).toBeLessThan(-2.9);
      expect(heard.truePeak).toBeGreaterThan(-6);
      expect(Math.abs(heard.seconds - sound.length / RATE)).toBeLessThan(0.001);
      const changed = [...after.keys()].filter((at) => after[at] !== before[at]);
      // Gains of a few granules around the middle, and the checksums of the first frame.
      expect(changed.length).toBeLessThan(60);
      const inFrames = changed.filter((at) => at > 417);
      expect(Math.min(...inFrames)).toBeGreaterThan(before.length * 0.45);
      expect(Math.max(...inFrames)).toBeLessThan(before.length * 0.55);
    },
  );
});
