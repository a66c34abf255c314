import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type JobHandler, RetryLater } from '../../src/jobs/job.ts';
import { type JobRunnerOptions, startJobRunner } from '../../src/jobs/job-runner.ts';
import { openJobs } from '../../src/jobs/jobs.ts';
import { Refused } from '../../src/model/problem.ts';
import { openRecords } from '../../src/records/records.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

const quiet = { error: () => {}, warn: () => {} };

/** A data folder with jobs; `elsewhere` opens it again, as another process does. */
async function opened(now?: () => number) {
  const folder = await temporaryFolder();
  const elsewhere = async () => {
    const records = await openRecords(folder);
    onTestFinished(() => records.close());
    return { records, jobs: openJobs({ records, now }) };
  };
  const run = (options: Omit<JobRunnerOptions, 'log' | 'now'> & { log?: JobRunnerOptions['log'] }) => {
    const runner = startJobRunner({ log: quiet, now, ...options });
    onTestFinished(() => runner.close());
    return runner;
  };
  return { folder, elsewhere, run, ...(await elsewhere()) };
}

/** Waits until something is so. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

/** A handler that goes on until it is let go or told to end. */
function held() {
  const begun: string[] = [];
  const ended: string[] = [];
  let { promise, resolve } = Promise.withResolvers<void>();
  const handler: JobHandler = async ({ subject, signal }) => {
    begun.push(subject);
    const aborted = new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    );
    try {
      await Promise.race([promise, aborted]);
    } finally {
      ended.push(subject);
    }
    return { subject };
  };
  return {
    handler,
    begun,
    ended,
    letGo() {
      resolve();
      ({ promise, resolve } = Promise.withResolvers<void>());
    },
  };
}

describe('the job runner', () => {
  it('does what waits, with its payload, and keeps what came of it', async () => {
    const { records, jobs, run } = await opened();
    const id = await jobs.add('examine', 'upload', { voice: 'mono' });
    run({
      records,
      handlers: { examine: async ({ subject, payload, attempt }) => ({ subject, payload, attempt }) },
    });
    expect(await jobs.ended(id, 30_000)).toMatchObject({
      state: 'done',
      progress: 1,
      result: { subject: 'upload', payload: { voice: 'mono' }, attempt: 1 },
    });
  });

  it('does one that makes sound and one other at a time, and leaves kinds that it has no handler for', async () => {
    const { records, jobs, run } = await opened();
    for (const subject of ['a', 'b']) {
      await jobs.add('examine', subject);
      await jobs.add('write', subject);
      await jobs.add('move', subject);
    }
    const [sounds, writes] = [held(), held()];
    run({ records, handlers: { examine: sounds.handler, write: writes.handler } });
    await until(() => sounds.begun.length + writes.begun.length === 2);
    await sleep(300);
    expect([sounds.begun, writes.begun]).toEqual([['a'], ['a']]);
    sounds.letGo();
    writes.letGo();
    await until(() => sounds.begun.length + writes.begun.length === 4);
    sounds.letGo();
    writes.letGo();
    await until(async () => (await jobs.underWay()).length === 2);
    expect((await jobs.underWay()).map(({ kind }) => kind)).toEqual(['move', 'move']);
  });

  it('does nothing twice where two run side by side', async () => {
    const { records, jobs, run, elsewhere } = await opened();
    const done: string[] = [];
    const examine: JobHandler = async ({ subject }) => void done.push(subject);
    const runners = [run({ records, handlers: { examine } })];
    runners.push(run({ records: (await elsewhere()).records, handlers: { examine } }));
    const ids: number[] = [];
    for (let number = 0; number < 20; number += 1) {
      ids.push(await jobs.add('examine', `upload ${number}`));
      for (const runner of runners) runner.lookNow();
    }
    for (const id of ids) expect((await jobs.ended(id, 30_000))?.state).toBe('done');
    expect(done.length).toBe(20);
    expect(new Set(done).size).toBe(20);
  });

  it('tells its progress to other processes, though not each word of it', async () => {
    const { records, jobs, run, elsewhere } = await opened();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { jobs: theirs } = await elsewhere();
    const id = await jobs.add('examine', 'upload');
    run({
      records,
      handlers: {
        async examine({ report }) {
          for (let step = 0; step <= 1_000; step += 1) report('measuring', step / 2_000);
          await promise;
        },
      },
    });
    await until(async () => (await theirs.get(id))?.progress === 0.5);
    expect(await theirs.get(id)).toMatchObject({ state: 'running', stage: 'measuring' });
    const changes = await records.db
      .selectNoFrom((eb) => eb.fn<number>('total_changes', []).as('n'))
      .execute();
    expect(changes[0]?.n).toBeLessThan(20);
    resolve();
    await jobs.ended(id, 30_000);
  });

  it('ends what is cancelled, from whatever process, before it begins the same again', async () => {
    const { records, jobs, run, elsewhere } = await opened();
    const { jobs: theirs } = await elsewhere();
    const { handler, begun } = held();
    const ends = Promise.withResolvers<void>();
    const id = await jobs.add('examine', 'upload');
    run({
      records,
      handlers: {
        examine: (work) =>
          handler(work).finally(async () => {
            // A process that is told to end may take its time.
            if (work.signal.aborted) await ends.promise;
          }),
      },
    });
    await until(() => begun.length === 1);
    await theirs.cancel(id);
    const next = await theirs.add('examine', 'upload');
    await sleep(500);
    expect(begun).toEqual(['upload']);
    ends.resolve();
    await until(() => begun.length === 2);
    expect(await jobs.get(id)).toMatchObject({ state: 'cancelled' });
    expect(await jobs.get(next)).toMatchObject({ state: 'running', attempts: 1 });
  });

  it('takes a refusal for an answer', async () => {
    const { records, jobs, run } = await opened();
    let calls = 0;
    const failed: string[] = [];
    const id = await jobs.add('examine', 'upload');
    run({
      records,
      handlers: {
        async examine() {
          calls += 1;
          throw new Refused('sound-empty', { name: 'voce.wav' });
        },
      },
      onFailed: { examine: async (subject) => void failed.push(subject) },
    });
    expect(await jobs.ended(id, 30_000)).toMatchObject({
      state: 'failed',
      problem: { code: 'sound-empty', values: { name: 'voce.wav' } },
    });
    await sleep(300);
    expect([calls, failed]).toEqual([1, []]);
  });

  it('tries what ended in an error five times, later and later, and then says so', async () => {
    let time = 1_700_000_000_000;
    const { records, jobs, run } = await opened(() => time);
    let calls = 0;
    const failed: unknown[] = [];
    const id = await jobs.add('examine', 'upload');
    const runner = run({
      records,
      handlers: {
        async examine() {
          calls += 1;
          throw new Error('the disk coughed');
        },
      },
      onFailed: { examine: async (subject, problem) => void failed.push([subject, problem.code]) },
    });
    const waits: number[] = [];
    const row = () => records.db.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await until(async () => calls === attempt && (await row()).state === 'waiting');
      const { due_at } = await row();
      waits.push(due_at - time);
      time = due_at;
      runner.lookNow();
    }
    await until(async () => (await row()).state === 'failed');
    expect(calls).toBe(5);
    expect(waits.toSorted((one, other) => one - other)).toEqual(waits);
    expect(new Set(waits).size).toBe(4);
    expect((await jobs.get(id))?.problem).toEqual({
      code: 'machine-failed',
      values: { reason: 'the disk coughed' },
    });
    await until(() => failed.length > 0);
    expect(failed).toEqual([['upload', 'machine-failed']]);
    const entries = await records.db.selectFrom('journal').select(['action', 'subject']).execute();
    expect(entries).toEqual([{ action: 'job-failed', subject: 'upload' }]);
    await jobs.retry(id);
    await until(() => calls === 6);
  });

  it('waits for what goes away as often as it takes, and says what for', async () => {
    let time = 1_700_000_000_000;
    const { records, jobs, run } = await opened(() => time);
    let isFull = true;
    let calls = 0;
    const id = await jobs.add('write', 'draft');
    run({
      records,
      handlers: {
        async write() {
          calls += 1;
          if (isFull) throw new RetryLater(60_000, { code: 'disk-full', values: {} });
        },
      },
    });
    await until(async () => (await jobs.get(id))?.problem !== undefined);
    expect(await jobs.get(id)).toMatchObject({
      state: 'waiting',
      problem: { code: 'disk-full', values: {} },
    });
    await sleep(300);
    expect(calls).toBe(1);
    for (const expected of [2, 3, 4, 5, 6, 7]) {
      time += 60_000;
      await until(() => calls === expected);
    }
    isFull = false;
    time += 60_000;
    const ended = await jobs.ended(id, 30_000);
    expect(ended).toMatchObject({ state: 'done', attempts: 1 });
    expect(ended).not.toHaveProperty('problem');
  });

  it('puts back what runs when it is closed, as if it had not been begun', async () => {
    const { records, jobs, run, elsewhere } = await opened();
    const { handler, begun, ended } = held();
    const id = await jobs.add('examine', 'upload');
    const runner = run({ records, handlers: { examine: handler } });
    await until(() => begun.length === 1);
    await runner.close();
    expect(ended).toEqual(['upload']);
    expect(await jobs.get(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    run({ records: (await elsewhere()).records, handlers: { examine: async () => 'done' } });
    expect(await jobs.ended(id, 30_000)).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('takes over at once what a process of this machine ran that was killed', async () => {
    const { folder, records, jobs, run } = await opened();
    const id = await jobs.add('examine', 'upload');
    const child = fork(new URL('../fixtures/job-process.ts', import.meta.url), [folder], { silent: true });
    await once(child.stdout ?? child, 'data');
    await until(async () => (await jobs.get(id))?.progress === 0.5);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    const row = await records.db.selectFrom('jobs').select('lease_until').executeTakeFirstOrThrow();
    expect(row.lease_until).toBeGreaterThan(Date.now());
    run({ records, handlers: { examine: async ({ attempt }) => ({ attempt, at: Date.now() }) } });
    const { result } = (await jobs.ended(id, 30_000)) ?? {};
    expect(result).toMatchObject({ attempt: 2 });
    // Though its lease would have held for longer.
    expect(result).toHaveProperty(
      'at',
      expect.toSatisfy((at: number) => at < (row.lease_until ?? 0)),
    );
  });

  it('gives up on what has ended with its process five times', async () => {
    const { records, jobs, run } = await opened();
    const id = await jobs.add('examine', 'upload');
    const crashed = { state: 'running' as const, attempts: 5, lease_by: 'elsewhere-1-2', lease_until: 1 };
    await records.db.updateTable('jobs').set(crashed).execute();
    const failed: string[] = [];
    const begun: string[] = [];
    run({
      records,
      handlers: { examine: async ({ subject }) => void begun.push(subject) },
      onFailed: { examine: async (subject) => void failed.push(subject) },
    });
    const ended = await jobs.ended(id, 30_000);
    expect(ended).toMatchObject({
      state: 'failed',
      problem: { code: 'machine-failed', values: { reason: 'crash' } },
    });
    await until(() => failed.length > 0);
    expect([failed, begun]).toEqual([['upload'], []]);
  });

  it('leaves alone what another machine runs under a lease that holds', async () => {
    const { records, jobs, run } = await opened();
    const id = await jobs.add('examine', 'upload');
    const theirs = { state: 'running' as const, attempts: 1, lease_by: 'elsewhere-1-2' };
    await records.db
      .updateTable('jobs')
      .set({ ...theirs, lease_until: Date.now() + 60_000 })
      .execute();
    const begun: string[] = [];
    run({ records, handlers: { examine: async ({ subject }) => void begun.push(subject) } });
    await sleep(500);
    expect(begun).toEqual([]);
    await records.db
      .updateTable('jobs')
      .set({ lease_until: Date.now() - 1 })
      .execute();
    expect(await jobs.ended(id, 30_000)).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('forgets what ended long ago', async () => {
    const { records, jobs, run } = await opened();
    const ids = [await jobs.add('write', 'old'), await jobs.add('write', 'new')];
    const [old = 0, recent = 0] = ids;
    for (const [id, finished_at] of [
      [old, 1],
      [recent, Date.now()],
    ] as const)
      await records.db.updateTable('jobs').set({ state: 'done', finished_at }).where('id', '=', id).execute();
    run({ records, handlers: { write: async () => {} } });
    await until(async () => (await jobs.get(old)) === undefined);
    expect(await jobs.get(recent)).toBeDefined();
  });
});
