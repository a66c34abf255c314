import { parseArgs } from 'node:util';
import { archiveGrowth } from './archive-growth.ts';
import { benchDelivery } from './delivery.ts';
import { benchPublishing } from './publishing.ts';
import { benchSound } from './sound.ts';
import { stalledReaders } from './stalled-readers.ts';
import { benchUploads } from './uploads.ts';

/** All that the README's figures come from: `npm run bench`, or `npm run bench -- --quick` for a first impression. */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

console.log('## Delivery, beside nginx and express.static\n');
console.log(await benchDelivery({ quick: values.quick }));
console.log('\n## 500 clients that stop reading a 10 MB file\n');
console.log(await stalledReaders());
console.log('\n## An upload of 2 GB, beside nginx\n');
console.log(await benchUploads({ quick: values.quick }));
console.log('\n## A sound made ready, beside the ffmpeg command\n');
console.log(await benchSound({ quick: values.quick }));
console.log('\n## From upload to published page\n');
console.log(await benchPublishing({ quick: values.quick }));
console.log('\n## How it grows with the archive\n');
await archiveGrowth(values.quick ? [1_000] : [1_000, 10_000, 100_000]);
