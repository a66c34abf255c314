#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8
// The settings of the first line keep memory small: short-lived objects get little room, threads share their heaps.
// Plain JavaScript that older releases of Node.js can read, too. The program itself needs the release that npm installed
// with it (the package `node`); started by another one, it is started again by that.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first release that runs the program: TypeScript without a flag, `node:sqlite` without a warning. */
const NEEDED = 26;

const major = Number(process.versions.node.split('.')[0]);
if (major >= NEEDED) await start();
else startAgain();

/**
 * With the compiled code kept, no later start, thread or child process loads what takes the types out, which costs 24 MB and
 * a second each.
 */
async function start() {
  process.env.NODE_COMPILE_CACHE ??= resolve(process.env.DATA_DIR || 'var', 'compiled');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  await import('../src/main.ts');
}

function startAgain() {
  const packaged = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(packaged)) {
    console.error(
      `Riascolta ha bisogno di Node.js ${NEEDED}, e questo è ${process.versions.node}: lancia prima «npm ci», che lo porta con sé.\n` +
        `Riascolta needs Node.js ${NEEDED}, and this is ${process.versions.node}: run "npm ci" first, which brings it along.`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(packaged, ['--max-semi-space-size=8', ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { MALLOC_ARENA_MAX: '2', ...process.env },
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal gives this one to both, and a second one would end the program at once.
  process.on('SIGINT', () => {});
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}
