import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { superviseThread } from '../../src/processes/supervised-thread.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

/** A thread that does as it is told, with what it wrote down: a point for each start, and its end. */
async function watchedThread(does: 'work' | 'break' | 'break later' | 'hang') {
  const startsIn = join(await temporaryFolder(), 'starts');
  await writeFile(startsIn, '');
  const errors: string[] = [];
  const thread = superviseThread({
    program: new URL('./programs/supervised-thread.js', import.meta.url),
    data: { startsIn, does },
    log: { error: (_, sentence) => errors.push(sentence) },
    name: 'test',
    heapMb: 64,
    patience: 500,
  });
  return { thread, errors, starts: () => readFile(startsIn, 'utf8') };
}

it('begins, and ends when it is told to', async () => {
  const { thread, errors, starts } = await watchedThread('work');
  await thread.begun;
  await Promise.all([thread.close(), thread.close()]);
  expect([await starts(), errors]).toEqual(['.end', []]);
});

it('is started again after it broke, and later with each time in a row', async () => {
  const { thread, starts } = await watchedThread('break later');
  await thread.begun;
  await expect.poll(starts, { timeout: 5_000 }).toBe('...');
  await thread.close();
});

it('is closed at once while it waits for its next start, and stays so', async () => {
  const { thread, errors, starts } = await watchedThread('break');
  await expect.poll(() => errors.length, { timeout: 5_000 }).toBe(2);
  // Its end has been heard of, and its next start is a second away.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = await starts();
  await thread.close();
  await thread.begun;
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await starts()).toBe(before);
});

it('is ended when it does not listen', async () => {
  const { thread, starts } = await watchedThread('hang');
  await expect.poll(starts, { timeout: 5_000 }).toBe('.');
  await thread.close();
});
