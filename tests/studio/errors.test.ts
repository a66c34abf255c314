import { expect, it } from 'vitest';
import { NotWritable } from '../../src/archive/archive-errors.ts';
import { Refused } from '../../src/model/problem.ts';
import { failureOf } from '../../src/studio/errors.ts';

const withCode = (code: string) => Object.assign(new Error('no'), { code });

it('says of every way in which a disk is full that it is', () => {
  const sqlite = Object.assign(new Error('database or disk is full'), {
    code: 'ERR_SQLITE_ERROR',
    errcode: 13,
  });
  const folder = new NotWritable('no', { cause: withCode('ENOSPC') });
  for (const error of [sqlite, withCode('ENOSPC'), withCode('EFBIG'), folder])
    expect(failureOf(error)).toMatchObject({ status: 507, problem: { code: 'disk-full' }, isOurs: false });
});

it('tells what the program could not do from what it was asked wrongly', () => {
  expect(failureOf(new NotWritable('no', { cause: withCode('EROFS') }))).toMatchObject({
    status: 503,
    problem: { code: 'folder-read-only' },
  });
  expect(failureOf(new Refused('title-missing'))).toMatchObject({ status: 422, isOurs: false });
  expect(failureOf(new Error('no'))).toMatchObject({
    status: 500,
    problem: { code: 'machine-failed' },
    isOurs: true,
  });
});
