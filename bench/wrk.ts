import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LOAD_CORE } from './peers.ts';

const run = promisify(execFile);

export type Load = {
  url: string;
  headers?: Record<string, string>;
  /** A Lua file for wrk, where requests differ from one another. */
  script?: string;
  connections: number;
  seconds: number;
};

/** Loads the address from the load's core. Returns how many answers came, and how many a second. Throws when any answer was no 2xx or 3xx. */
export async function measure({
  url,
  headers = {},
  script,
  connections,
  seconds,
}: Load): Promise<{ answers: number; rate: number }> {
  const { stdout } = await run('taskset', [
    ...['-c', LOAD_CORE, 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`],
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(script === undefined ? [] : ['-s', script]),
    url,
  ]);
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1];
  const answers = /(\d+) requests in/.exec(stdout)?.[1];
  if (rate === undefined || answers === undefined || /Non-2xx|Socket errors/.test(stdout))
    throw new Error(`${url}\n${stdout}`);
  return { answers: Number(answers), rate: Number(rate) };
}

/** The middle one of the values. Throws when there is none. */
export function median(values: number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error('no values');
  return middle;
}
