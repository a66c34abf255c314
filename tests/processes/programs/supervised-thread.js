import { appendFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { threadHasBegun, whenThreadIsToEnd } from '../../../src/processes/supervised-thread.ts';

// Stands in for a thread's program. It writes down each of its starts, and then does as it is told.
const { startsIn, does } = workerData;
appendFileSync(startsIn, '.');
if (does === 'break') throw new Error('broken');
if (does === 'hang') for (;;);
whenThreadIsToEnd(async () => appendFileSync(startsIn, 'end'));
threadHasBegun();
if (does === 'break later') setTimeout(() => process.exit(1), 50);
