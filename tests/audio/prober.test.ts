import { afterAll, describe, expect, it } from 'vitest';
import { EmptyAudio, NotAudio, ProbeFailed } from '../../src/audio/failures.ts';
import { startProber } from '../../src/audio/prober.ts';
import { mp3 } from '../fixtures/audio.ts';
import { folder } from './files.ts';

const files = folder();
afterAll(() => files.remove());

describe('the prober', () => {
  it('answers each of many files with its own result', async () => {
    const prober = startProber();
    const good = files.put('good.mp3', mp3({ seconds: 3 }));
    const results = await Promise.allSettled([
      prober.probe(good),
      prober.probe(files.put('page.mp3', '<html>')),
      prober.probe(files.put('zero.mp3', '')),
      prober.probe('/nowhere.mp3'),
      prober.probe(good),
    ]);
    await prober.close();
    expect(
      results.map((result) => (result.status === 'fulfilled' ? result.value.seconds : result.reason)),
    ).toEqual([3, expect.any(NotAudio), expect.any(EmptyAudio), expect.any(ProbeFailed), 3]);
  });

  it.each([
    ['breaks', /broke the process/],
    ['grows', /more memory/],
    ['hangs', /longer than 1 s/],
  ])('rejects a file that %s, alone', async (file, reason) => {
    const program = new URL('../fixtures/audio/stuck-process.js', import.meta.url);
    const prober = startProber({ program, timeLimit: file === 'hangs' ? 1_000 : 20_000 });
    const bad = prober.probe(file);
    const after = prober.probe('flac');
    await expect(bad).rejects.toThrow(reason);
    await expect(bad).rejects.toBeInstanceOf(ProbeFailed);
    expect((await after).container).toBe('flac');
    await prober.close();
  });

  it('rejects what was waiting when it is closed, and what comes later', async () => {
    const prober = startProber();
    const waiting = prober.probe(files.put('late.mp3', mp3()));
    const closing = prober.close();
    await expect(waiting).rejects.toBeInstanceOf(ProbeFailed);
    await closing;
    await expect(prober.probe('any.mp3')).rejects.toBeInstanceOf(ProbeFailed);
  });
});
