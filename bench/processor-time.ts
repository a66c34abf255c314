import { readdir, readFile } from 'node:fs/promises';

/**
 * Returns the processor time that a process, all its threads and its children have used, in microseconds (Linux).
 * Beside answers per second it tells more on a machine that has other things to do.
 */
export async function processorTime(pid: number): Promise<number> {
  let nanoseconds = 0;
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const folder = `/proc/${pid}/task/${thread}`;
    const [onProcessor = '0'] = (await readFile(`${folder}/schedstat`, 'utf8')).split(' ');
    nanoseconds += Number(onProcessor);
    const children = (await readFile(`${folder}/children`, 'utf8')).split(' ').filter(Boolean);
    for (const child of children) nanoseconds += (await processorTime(Number(child))) * 1000;
  }
  return nanoseconds / 1000;
}
