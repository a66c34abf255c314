import { hash, randomBytes } from 'node:crypto';
import { lstatSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../processes/is-running.ts';

/** A temporary file that was not written to for so long (ms) is a leftover, whichever machine its process ran on. */
const IDLE_MS = 15 * 60_000;
const HOST = hash('sha1', hostname(), 'hex').slice(0, 8);
const NAME = /^\.riascolta-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}$/;

/** Returns a new hidden name for a file that is being written or removed. It names the host and process that made it. */
export const temporaryName = (): string =>
  `.riascolta-${HOST}-${process.pid}-${randomBytes(8).toString('hex')}`;

/** Returns whether `temporaryName` made this name. */
export const isTemporaryName = (name: string): boolean => NAME.test(name);

/**
 * Returns whether a temporary file, last written at `modifiedAt` (milliseconds since 1970), was left by a process that is gone.
 * In a container a process often has the number of the one before it: then a file that is older than this process is not its.
 */
export function isLeftover(name: string, modifiedAt: number, now: number): boolean {
  const [, host, pid] = NAME.exec(name) ?? [];
  if (host === undefined || pid === undefined) return false;
  if (now - modifiedAt > IDLE_MS) return true;
  if (host !== HOST) return false;
  if (Number(pid) === process.pid) return modifiedAt < now - process.uptime() * 1000 - 1000;
  return !isRunning(Number(pid));
}

/** Removes the temporary file or folder `name` in `folder` when it is a leftover. One that cannot be removed stays. */
export function sweep(folder: string, name: string): void {
  try {
    const path = join(folder, name);
    if (isLeftover(name, lstatSync(path).mtimeMs, Date.now())) rmSync(path, { recursive: true, force: true });
  } catch {
    // Another process removed it first, or the folder is read-only. A hidden file does no harm.
  }
}
