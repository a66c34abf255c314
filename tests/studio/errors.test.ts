import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { NotWritable } from '../../src/archive/archive-errors.ts';
import { Refused } from '../../src/model/problem.ts';
import { openRecords } from '../../src/records/records.ts';
import { failureOfError } from '../../src/studio/errors.ts';
import { runStation, SAMPLE_STATION } from '../fixtures/running-station.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';
import { makeStaff } from '../fixtures/studio-station.ts';

const withCode = (code: string) => Object.assign(new Error('no'), { code });

it('says of every way in which a disk is full that it is', () => {
  const sqlite = Object.assign(new Error('database or disk is full'), {
    code: 'ERR_SQLITE_ERROR',
    errcode: 13,
  });
  const folder = new NotWritable('no', { cause: withCode('ENOSPC') });
  for (const error of [sqlite, withCode('ENOSPC'), withCode('EFBIG'), folder])
    expect(failureOfError(error)).toMatchObject({
      status: 507,
      problem: { code: 'disk-full' },
      isOurs: false,
    });
});

it('tells what the program could not do from what it was asked wrongly', () => {
  expect(failureOfError(new NotWritable('no', { cause: withCode('EROFS') }))).toMatchObject({
    status: 503,
    problem: { code: 'folder-read-only' },
  });
  expect(failureOfError(new Refused('title-missing'))).toMatchObject({ status: 422, isOurs: false });
  expect(failureOfError(new Error('no'))).toMatchObject({
    status: 500,
    problem: { code: 'machine-failed' },
    isOurs: true,
  });
});

it('shows no stack trace when it cannot even tell who asks', async () => {
  const folder = await temporaryFolder();
  const station = await runStation(SAMPLE_STATION, { DATA_DIR: folder, LOG_LEVEL: 'error' });
  const { admin } = await makeStaff(folder, {});
  const asked = () => station.get('/studio', { headers: { Cookie: admin.cookie } });
  expect((await asked()).status).toBe(200);
  const records = await openRecords(folder);
  await sql`alter table sessions rename to elsewhere`.execute(records.db);
  records.close();
  const answer = await asked();
  expect(answer.status).toBe(500);
  expect(await answer.text()).toBe('');
  // What a process writes arrives a moment later.
  await expect.poll(() => station.log()).toContain('A request of the studio failed');
});
