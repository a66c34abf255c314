import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../fixtures/station-folder.ts';

const BIN = fileURLToPath(new URL('../../bin', import.meta.url));
/** A Node.js that says of itself that it is old, as far as it is asked in JavaScript. */
const OLD = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.19.0'})`;

const runOld = (program: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', OLD, program, ...args]);

it('started by an older Node.js, the program is started again by the one that npm installed with it', async () => {
  const { stdout } = await runOld(join(BIN, 'riascolta.js'), 'help');
  expect(stdout).toContain('Usage: npx riascolta');
});

it('without the one that npm installs, it says so in two languages', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'bin'));
  await cp(BIN, join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const failure = await runOld(join(folder, 'bin', 'riascolta.js')).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 2, stdout: '' });
  expect(String(failure)).toContain('lancia prima «npm ci»');
  expect(String(failure)).toContain('run "npm ci" first');
  expect(String(failure)).not.toContain('    at ');
});
