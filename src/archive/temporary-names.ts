import { hash, randomBytes } from 'node:crypto';
import { lstatSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../processes/is-running.ts';

/** Idle for so long (milliseconds), a temporary file whose process cannot be asked is taken for a leftover. */
const IDLE_MS = 15 * 60_000;
const HOST = hash('sha1', hostname(), 'hex').slice(0, 8);
const NAME = /^\.riascolta-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}$/;

/** Returns a new name for what is being written or removed: hidden, ours, and telling which process of which host made it. */
export const temporaryName = (): string =>
  `.riascolta-${HOST}-${process.pid}-${randomBytes(8).toString('hex')}`;

/** Returns whether the name is one that `temporaryName` gives. */
export const isTemporaryName = (name: string): boolean => NAME.test(name);

/**
 * Returns whether a temporary file, last written at `modifiedAt` (milliseconds since 1970), was left by a process that
 * is gone. A process in a container often gets its forerunner's number: then what is older than itself is not its own.
 */
export function isLeftover(name: string, modifiedAt: number, now: number): boolean {
  const [, host, pid] = NAME.exec(name) ?? [];
  if (host === undefined || pid === undefined) return false;
  if (now - modifiedAt > IDLE_MS) return true;
  if (host !== HOST) return false;
  if (Number(pid) === process.pid) return modifiedAt < now - process.uptime() * 1000 - 1000;
  return !isRunning(Number(pid));
}

/** Removes the temporary file or folder `name` in `folder` when it is a leftover; what cannot be removed stays. */
export function sweep(folder: string, name: string): void {
  try {
    const path = join(folder, name);
    if (isLeftover(name, lstatSync(path).mtimeMs, Date.now())) rmSync(path, { recursive: true, force: true });
  } catch {
    // Another process swept it first, or the folder is read-only: hidden as it is, it does no harm.
  }
}
