import { expect, it, onTestFinished } from 'vitest';
import { configFrom } from '../../src/config.ts';
import { openJobs } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/log.ts';
import { openRecords } from '../../src/records/records.ts';
import { workThreadOnDemand } from '../../src/serving/work-thread-on-demand.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

/** Work over records of its own, with what its threads were told and whether they still are. */
async function watchedWork(recovers: boolean) {
  const records = await openRecords(await temporaryFolder());
  const threads: { recovers: boolean; isOver: boolean }[] = [];
  const work = workThreadOnDemand({
    records,
    config: { ...configFrom({}), publicUrl: 'http://localhost' },
    log: createLog({ logLevel: 'silent' }, 'test'),
    recovers,
    restsAfter: 300,
    startThread: ({ data }) => {
      const thread = { recovers: data.recovers, isOver: false };
      threads.push(thread);
      return {
        async close() {
          thread.isOver = true;
        },
      };
    },
  });
  onTestFinished(async () => {
    await work.close();
    records.close();
  });
  return { records, threads, work };
}

const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: 5_000 });

it('nobody works while nothing is asked for; a job is done as soon as it is there, and again after a rest', async () => {
  const { records, threads } = await watchedWork(false);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(threads).toEqual([]);
  const jobs = openJobs({ records });
  for (const subject of ['one', 'two']) {
    await jobs.add('bin', subject);
    await eventually(() => threads.at(-1)?.isOver).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(threads.at(-1)?.isOver).toBe(false);
    await records.db.updateTable('jobs').set({ state: 'done' }).execute();
    await eventually(() => threads.at(-1)?.isOver).toBe(true);
  }
  expect(threads).toEqual(Array(2).fill({ recovers: false, isOver: true }));
});

it('what is to be tried again later is, though everybody has gone home', async () => {
  const { records, threads } = await watchedWork(false);
  const jobs = openJobs({ records, now: () => Date.now() + 1_500 });
  await jobs.add('bin', 'later');
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(threads).toEqual([]);
  await eventually(() => threads).toEqual([{ recovers: false, isOver: false }]);
});

it('what a crash left is put right at the start, and only then', async () => {
  const { records, threads, work } = await watchedWork(true);
  expect(threads).toEqual([{ recovers: true, isOver: false }]);
  await eventually(() => threads[0]?.isOver).toBe(true);
  await openJobs({ records }).add('bin', 'one');
  await eventually(() => threads.length).toBe(2);
  await work.close();
  expect(threads[1]).toEqual({ recovers: false, isOver: true });
});
