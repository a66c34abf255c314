#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

// Before anything else is loaded: a warm start, a thread and a child process then skip taking the types out.
process.env.NODE_COMPILE_CACHE ??= resolve(process.env.DATA_DIR || 'var', 'compiled');
enableCompileCache(process.env.NODE_COMPILE_CACHE);

const { runCommandLine } = await import('./commands/command-line.ts');
process.exit(await runCommandLine(process.argv.slice(2)));
