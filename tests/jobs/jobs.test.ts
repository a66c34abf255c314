import { describe, expect, it, onTestFinished } from 'vitest';
import { openJobs } from '../../src/jobs/jobs.ts';
import { openRecords } from '../../src/records/records.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

async function opened(now?: () => number) {
  const folder = await temporaryFolder();
  const records = await openRecords(folder);
  onTestFinished(() => records.close());
  return { folder, records, jobs: openJobs({ records, now }) };
}

describe('the jobs', () => {
  it('are one for each kind and subject, until it has ended', async () => {
    const { jobs } = await opened();
    const first = await jobs.add('examine', 'one', { voice: 'mono' });
    expect(await jobs.add('examine', 'one')).toBe(first);
    const others = [await jobs.add('examine', 'two'), await jobs.add('write', 'one')];
    expect(new Set([first, ...others]).size).toBe(3);
    await jobs.cancel(first);
    expect(await jobs.add('examine', 'one')).not.toBe(first);
  });

  it('that wait to be tried again are tried at once when somebody asks', async () => {
    let time = 1_000_000;
    const { records, jobs } = await opened(() => time);
    const id = await jobs.add('write', 'one');
    await records.db
      .updateTable('jobs')
      .set({ due_at: time + 60_000 })
      .execute();
    time += 5_000;
    expect(await jobs.add('write', 'one')).toBe(id);
    const due = () => records.db.selectFrom('jobs').select('due_at').executeTakeFirst();
    expect(await due()).toEqual({ due_at: time });
    time += 5_000;
    await jobs.add('write', 'one');
    expect(await due()).toEqual({ due_at: time - 5_000 });
  });

  it('are added with the transaction that adds them, or not at all', async () => {
    const { records, jobs } = await opened();
    const failing = records.write(async (db) => {
      await jobs.add('examine', 'one', {}, db);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await jobs.underWay()).toEqual([]);
  });

  it('are found by what they are about, the newest of each kind', async () => {
    const { jobs } = await opened();
    await jobs.cancel(await jobs.add('write', 'draft'));
    const [write, examine] = [await jobs.add('write', 'draft'), await jobs.add('examine', 'upload')];
    await jobs.add('examine', 'another');
    const found = await jobs.ofSubjects(['draft', 'upload', 'nobody']);
    expect(found.map(({ id, state }) => [id, state])).toEqual([
      [write, 'waiting'],
      [examine, 'waiting'],
    ]);
    expect(await jobs.ofSubjects([])).toEqual([]);
  });

  it('say how long they will take, at the pace that they have had', async () => {
    let time = 1_000_000;
    const { records, jobs } = await opened(() => time);
    const id = await jobs.add('examine', 'one');
    const runs = { state: 'running' as const, started_at: time, progress: 0.01 };
    await records.db.updateTable('jobs').set(runs).execute();
    time += 20_000;
    expect(await jobs.get(id)).not.toHaveProperty('secondsLeft');
    await records.db.updateTable('jobs').set({ progress: 0.25 }).execute();
    expect(await jobs.get(id)).toMatchObject({ state: 'running', progress: 0.25, secondsLeft: 60 });
  });

  it('are under way while they wait, run, or failed less than a day ago; a failed one can be tried again', async () => {
    let time = 1_000_000_000;
    const { records, jobs } = await opened(() => time);
    const id = await jobs.add('examine', 'one');
    const problem_json = JSON.stringify({ code: 'sound-empty', values: { name: 'x' } });
    const failed = { state: 'failed' as const, finished_at: time, attempts: 5, problem_json };
    await records.db.updateTable('jobs').set(failed).execute();
    expect(await jobs.underWay()).toMatchObject([
      { id, problem: { code: 'sound-empty', values: { name: 'x' } } },
    ]);
    time += 25 * 3_600_000;
    expect(await jobs.underWay()).toEqual([]);
    await jobs.retry(id);
    expect(await jobs.get(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await jobs.get(id)).not.toHaveProperty('problem');
  });

  it('are not tried again beside a newer one of the same subject', async () => {
    const { records, jobs } = await opened();
    const id = await jobs.add('examine', 'one');
    await records.db.updateTable('jobs').set({ state: 'failed' }).execute();
    await jobs.add('examine', 'one');
    await jobs.retry(id);
    expect((await jobs.get(id))?.state).toBe('failed');
  });

  it('tell of their end to whoever waits for it, also in another process', async () => {
    const { folder, jobs } = await opened();
    const id = await jobs.add('write', 'draft');
    const other = await openRecords(folder);
    onTestFinished(() => other.close());
    expect((await jobs.ended(id, 60))?.state).toBe('waiting');
    const waiting = jobs.ended(id, 30_000);
    await openJobs({ records: other }).cancel(id);
    expect((await waiting)?.state).toBe('cancelled');
    expect(await jobs.ended(999, 30_000)).toBeUndefined();
  });
});
