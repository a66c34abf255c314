#!/usr/bin/env -S node --max-semi-space-size=8
// Plain JavaScript, and before anything else: with the compiled code kept, no later start, thread or child process loads
// what takes the types out, which costs 24 MB and a second each.
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

process.env.NODE_COMPILE_CACHE ??= resolve(process.env.DATA_DIR || 'var', 'compiled');
enableCompileCache(process.env.NODE_COMPILE_CACHE);
await import('../src/main.ts');
