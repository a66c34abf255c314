import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { NotAudio } from '../../../src/audio/failures.ts';
import { ProductionFailed } from '../../../src/audio/production/failures.ts';
import { joined, speech, waveFile } from '../../fixtures/sounds.ts';
import { childProcesses, workshop } from './workshop.ts';

const SHORT = waveFile([speech(2)]);
const PART = [speech(3), speech(3, { seed: 5 })];
const LONG = waveFile(PART.map((plane) => joined(...Array<Float32Array>(2).fill(plane))));

const house = workshop();
afterAll(() => house.close());

describe('the process that makes sounds ready', () => {
  it('takes orders one after the other, and one that is refused costs no other', async () => {
    const short = house.put('short.wav', SHORT);
    const results = await Promise.allSettled([
      house.make(short),
      house.make(house.put('page.mp3', '<html>')),
      house.make(short),
    ]);
    expect(
      results.map((result) => (result.status === 'fulfilled' ? result.value.seconds : result.reason)),
    ).toEqual([2, expect.any(NotAudio), 2]);
  });

  it('tells how far it is, stage by stage', async () => {
    const stages: string[] = [];
    await house.make(house.put('long.wav', LONG), {}, { report: (stage) => stages.push(stage) });
    expect([...new Set(stages)]).toEqual(['looking', 'measuring', 'encoding', 'checking']);
  });

  it.runIf(existsSync('/proc/self/statm'))(
    'that is killed loses that order alone, and leaves nothing of it',
    async () => {
      const broken = house.make(
        house.put('long.wav', LONG),
        {},
        {
          report: (stage) => {
            if (stage === 'encoding') for (const pid of childProcesses()) process.kill(pid, 'SIGKILL');
          },
        },
      );
      const next = house.make(house.put('short.wav', SHORT), { target: `${house.target}.next` });
      await expect(broken).rejects.toThrow(/SIGKILL/);
      await expect(broken).rejects.toBeInstanceOf(ProductionFailed);
      expect((await next).seconds).toBe(2);
      expect(house.names().filter((name) => name.endsWith('.part'))).toEqual([]);
    },
  );

  it('that is told to stop leaves nothing behind, and takes the next order', async () => {
    const place = workshop();
    const stop = new AbortController();
    const source = place.put('long.wav', LONG);
    const stopped = place.make(
      source,
      {},
      { signal: stop.signal, report: (stage) => stage === 'encoding' && stop.abort(new Error('enough')) },
    );
    const late = new AbortController();
    const waiting = place.make(source, {}, { signal: late.signal });
    late.abort(new Error('not needed'));
    const [first, second] = await Promise.allSettled([stopped, waiting]);
    expect([first, second]).toMatchObject([
      { reason: { message: 'enough' } },
      { reason: { message: 'not needed' } },
    ]);
    expect(place.names()).toEqual(['long.wav']);
    await expect(place.make(source, {}, { signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow(
      'never',
    );
    expect((await place.make(place.put('short.wav', SHORT))).seconds).toBe(2);
    await place.close();
  });

  it('ends when it has nothing to do, and never while it has', async () => {
    const place = workshop({ limits: { idle: 1 } });
    place.producer.warm();
    expect((await place.make(place.put('long.wav', LONG))).seconds).toBe(6);
    expect((await place.make(place.put('short.wav', SHORT))).seconds).toBe(2);
    await place.close();
  });

  it.runIf(existsSync('/proc/self/statm'))('that grows beyond its bounds is ended', async () => {
    const place = workshop({ limits: { memory: 30 * 1024 * 1024 } });
    await expect(place.make(place.put('long.wav', LONG))).rejects.toThrow(/more memory/);
    await place.close();
  });

  it.each([
    ['that does nothing is ended', { stall: 200 }, /nothing came of it/],
    ['that takes too long is ended', { time: 200, timePerMegabyte: 0 }, /longer than/],
  ])('%s', async (_, limits, reason) => {
    const program = new URL('../../fixtures/audio/idle-process.js', import.meta.url);
    const place = workshop({ limits, program });
    const source = place.put('short.wav', SHORT);
    await expect(place.make(source)).rejects.toThrow(reason);
    await expect(place.make(source)).rejects.toBeInstanceOf(ProductionFailed);
    await place.close();
  });

  it('rejects what is under way and what waits when it is closed, and what comes later', async () => {
    const place = workshop();
    const source = place.put('long.wav', LONG);
    const orders = Promise.allSettled([place.make(source), place.make(source)]);
    await place.producer.close();
    const closed = { status: 'rejected', reason: expect.any(ProductionFailed) };
    expect(await orders).toEqual([closed, closed]);
    await expect(place.make(source)).rejects.toBeInstanceOf(ProductionFailed);
    expect(place.names()).toEqual(['long.wav']);
    await place.close();
  });
});
