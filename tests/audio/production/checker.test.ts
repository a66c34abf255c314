import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ProductionFailed } from '../../../src/audio/production/failures.ts';
import { Mp3File } from '../../../src/audio/production/mp3/mp3-encoder.ts';
import { ProcessChecker, startCheck } from '../../../src/audio/production/process/checker.ts';
import { speech } from '../../fixtures/sounds.ts';
import { temporaryFolder } from '../../fixtures/station-folder.ts';

const CHECKING = { channels: 1, samples: 44_100, limit: 1 } as const;
const program = (name: string) => new URL(`../../processes/programs/${name}`, import.meta.url);

it('fails when the process that listens says nothing, and lets whoever encodes go on to hear it', async () => {
  const checker = new ProcessChecker(CHECKING, { program: program('silent-child.js'), stallLimit: 500 });
  for (let frame = 0; frame < 256 * 16; frame++) checker.add(Buffer.alloc(4));
  const room = checker.room();
  expect(room).toBeInstanceOf(Promise);
  await room;
  await expect(checker.finish()).rejects.toBeInstanceOf(ProductionFailed);
});

it('fails when the process that listens cannot be started', async () => {
  const checker = new ProcessChecker(CHECKING, { program: program('nowhere.js') });
  checker.add(Buffer.alloc(4));
  await expect(checker.finish()).rejects.toBeInstanceOf(ProductionFailed);
});

it('hears the same in a process of its own as in this one', async () => {
  const plane = speech(10);
  const checking = { channels: 1, samples: plane.length, limit: 0.1 } as const;
  const checkers = [startCheck(checking), new ProcessChecker(checking)];
  const file = new Mp3File(join(await temporaryFolder(), 'heard.mp3'), 1, 96, (frame) => {
    for (const checker of checkers) checker.add(frame);
  });
  file.add({ planes: [plane], count: plane.length });
  file.finish();
  file.close();
  const [here, there] = await Promise.all(checkers.map((checker) => checker.finish()));
  for (const checker of checkers) checker.close();
  expect(here?.places.size).toBeGreaterThan(0);
  expect(there).toEqual(here);
});
