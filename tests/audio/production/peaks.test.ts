import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { PEAK_BINS, readPeaks } from '../../../src/audio/production/waveform-peaks.ts';
import { joined, silence, speech, tone, waveFile } from '../../fixtures/sounds.ts';
import { workshop } from './workshop.ts';

const house = workshop();
afterAll(() => house.close());

describe('the waveform', () => {
  it('shows what is made: where it is loud, how loud, and where it is silent', async () => {
    const planes = [joined(tone(2, { level: -30 }), silence(2)), joined(silence(2), tone(2, { level: -36 }))];
    await house.make(house.put('source.wav', waveFile(planes)));
    const bins = (await readPeaks(house.peaks)) ?? new Uint8Array();
    expect(bins.length).toBe(PEAK_BINS);
    const [first = 0, second = 0] = [bins[400], bins[1400]];
    // Half as loud in the second half, both louder than they came.
    expect(first / second).toBeCloseTo(2, 1);
    expect(first).toBeGreaterThan(255 * 10 ** (-30 / 20) * 3);
    expect(Math.min(...bins.subarray(10, 880))).toBeGreaterThan(first * 0.95);
  });

  it('of an untouched MP3 is drawn on demand, the same for the same sound', async () => {
    await house.make(house.put('source.wav', waveFile([joined(speech(4), silence(1), speech(3))])));
    const drawn = await readPeaks(house.peaks);
    const good = house.put('good.mp3', house.made());
    const peaks = `${house.peaks}.later`;
    expect((await house.make(good, { peaks })).untouched).toBe(true);
    expect(house.names()).not.toContain('made.peaks.later');
    await house.producer.drawPeaks({ source: good, target: peaks });
    const later = await readPeaks(peaks);
    expect(later).toEqual(drawn);
    expect(Math.max(...(later?.subarray(920, 1100) ?? [255]))).toBeLessThan(4);
  });

  it('is not read from a file that is none', async () => {
    expect(await readPeaks(house.put('other', 'abc'))).toBeUndefined();
    expect(readFileSync(house.peaks).length).toBe(PEAK_BINS);
  });
});
