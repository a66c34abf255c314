import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { isRunning } from '../../src/processes/is-running.ts';
import { superviseChild } from '../../src/processes/supervised-child.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

const LIMITS = { time: 10_000 };

function childOf(program: string, idle = 10_000) {
  const child = superviseChild<string, string, number>({
    program: new URL(`./programs/${program}`, import.meta.url),
    heapMb: 64,
    answer: z.string(),
    progress: z.number(),
    errorFromFault: (fault) => new Error(`fault: ${fault}`),
    errorFromFailure: ({ kind, sentence }) => new Error(`${kind}: ${sentence}`),
    idle,
  });
  onTestFinished(() => child.close());
  return child;
}

it('answers one request after the other, an error of its program being one of the answers', async () => {
  const child = childOf('child.js');
  const pid = await child.ask('pid', { limits: LIMITS });
  await expect(child.ask('throw', { limits: LIMITS })).rejects.toThrow('fault: refused');
  expect(await child.ask('pid', { limits: LIMITS })).toBe(pid);
});

it.each([
  ['exit', /^end: it ended with code 3$/],
  ['hang', /^time: it took longer than 1 s$/],
  ['disconnect', /^end: it was ended by SIGKILL$/],
  ['nonsense', /^answer: it answers what cannot be read/],
])(
  'a request at which the program does this fails, alone, and the next gets a new process: %s',
  async (way, reason) => {
    const child = childOf('child.js');
    const before = await child.ask('pid', { limits: LIMITS });
    const [bad, after] = await Promise.allSettled([
      child.ask(way, { limits: way === 'hang' ? { time: 1_000 } : LIMITS }),
      child.ask('pid', { limits: LIMITS }),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching(reason) } });
    expect(after).toMatchObject({ status: 'fulfilled', value: expect.not.stringMatching(before) });
    expect(isRunning(Number(before))).toBe(false);
  },
);

it('a request of which nothing comes fails, for all the progress that it has made', async () => {
  const child = childOf('child.js');
  const onProgress = vi.fn();
  const asked = child.ask('say half', { limits: { time: 60_000, stall: 500 }, onProgress });
  await expect(asked).rejects.toThrow('stall: nothing came of it for 0.5 s');
  expect(onProgress.mock.calls).toEqual([[0.5]]);
});

it('a program that is not there fails each request, and so does one that is closed', async () => {
  const child = childOf('nowhere.js');
  for (const _ of ['first', 'second'])
    await expect(child.ask('pid', { limits: LIMITS })).rejects.toThrow(/^end: it ended with code 1$/);
  await child.close();
  await expect(child.ask('pid', { limits: LIMITS })).rejects.toThrow(/^closed: /);
});

it('is closed although its program is busy and listens to nothing; what waits fails with it', async () => {
  const child = childOf('child.js');
  await child.ask('pid', { limits: LIMITS });
  const asked = Promise.allSettled(['hang', 'pid'].map((way) => child.ask(way, { limits: LIMITS })));
  await child.close();
  const closed = { status: 'rejected', reason: { message: expect.stringMatching(/^closed: /) } };
  expect(await asked).toMatchObject([closed, closed]);
});

it('a request that comes while an idle process is ended is answered by the next one', async () => {
  const child = childOf('child.js', 0);
  for (let round = 0; round < 5; round++) {
    expect(await child.ask('pid', { limits: LIMITS })).toMatch(/^\d+$/);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
});

it('what a failed request has left is removed, before the request is known to have failed', async () => {
  const file = join(await temporaryFolder(), 'part');
  const child = childOf('child.js');
  const cleanUp = () => rmSync(file, { force: true });
  await expect(child.ask(`leave:${file}`, { limits: LIMITS, cleanUp })).rejects.toThrow(/^end/);
  expect(existsSync(file)).toBe(false);
});

it('is told nothing of this program’s environment', async () => {
  vi.stubEnv('SECRET', 'secret');
  vi.stubEnv('NODE_COMPILE_CACHE', undefined);
  expect(await childOf('child.js').ask('environment', { limits: LIMITS })).toMatch(
    /^MALLOC_ARENA_MAX(,NODE_CHANNEL_\w+)*$/,
  );
});
