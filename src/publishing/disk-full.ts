import { meansDiskFull } from '../disk/system-error.ts';
import { Refused } from '../model/problem.ts';

/** Returns the refusal for a disk that is full; every other error as it is. */
export const diskError = (error: unknown): unknown =>
  meansDiskFull(error) ? new Refused('disk-full', {}, { cause: error }) : error;
