import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('./programs/cluster.js', import.meta.url));

it.each([
  ['work', /^ready: here\nleft: 0\n$/],
  ['hang', /^ready: here\nleft: 0\n$/],
  ['fall', /^ready: here\nleft: 0\n$/],
  ['refuse', /^WorkerFailed EADDRINUSE: no\nleft: 0\n$/],
  ['exit', /^WorkerFailed undefined: a worker process ended at its start \(3\)\nleft: 0\n$/],
  ['never', /^WorkerFailed undefined: a worker process was not ready after 1\.5 s\nleft: 0\n$/],
])('workers are started and ended, whatever they do: %s', async (does, said) => {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, does], { timeout: 20_000 });
  expect(stdout).toMatch(said);
});
