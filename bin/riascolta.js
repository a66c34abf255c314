#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8
// The settings of the first line keep memory small: short-lived objects get little room, threads share their heaps.
// Plain JavaScript, and before anything else: with the compiled code kept, no later start, thread or child process loads
// what takes the types out, which costs 24 MB and a second each.
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

process.env.NODE_COMPILE_CACHE ??= resolve(process.env.DATA_DIR || 'var', 'compiled');
enableCompileCache(process.env.NODE_COMPILE_CACHE);
await import('../src/main.ts');
