import { hash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isRunning } from '../processes/is-running.ts';

const HOST = hash('sha1', `${hostname()} ${processSpace()}`, 'hex').slice(0, 8);

/**
 * The name under which this process holds jobs and locks: `host-pid-start`. Each container counts as a host
 * of its own. The start tells a process from a later one with the same number.
 */
export const PROCESS_NAME = `${HOST}-${process.pid}-${startOf('self') ?? '0'}`;

/**
 * Returns whether the process of that name has certainly ended; false for a process of another host, about
 * which nothing is known.
 */
export function isGone(name: string): boolean {
  const [host, pid, start] = name.split('-');
  if (host !== HOST || pid === undefined || !/^\d+$/.test(pid)) return false;
  if (Number(pid) === process.pid) return name.split('-', 3).join('-') !== PROCESS_NAME;
  return !isRunning(Number(pid)) || (start !== '0' && startOf(pid) !== start);
}

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/**
 * Returns when the process began, in ticks since the machine started (proc(5), `stat`, field 22); only on
 * Linux.
 */
function startOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name, which may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
