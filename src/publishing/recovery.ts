import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { machineProblem } from '../archive/machine-problem.ts';
import { Refused } from '../model/problem.ts';
import { SYSTEM } from '../records/journal.ts';
import type { PublishingContext } from './context.ts';
import { binIn, namesIn, sweepUnfinished } from './data-files.ts';
import { forgetLostFolders, writeDraftsThatAreReady } from './drafts/drafts.ts';
import { emptyFolder } from './episodes/episodes.ts';

/**
 * Repairs what a crash cut off: removes half-made copies, finishes moves into the bin and out of it, and adds
 * the job of every draft that is ready to be written. Called once, by the process that runs jobs, before it
 * runs any.
 */
export async function recover(context: PublishingContext): Promise<void> {
  const { records, dataDir, jobs } = context;
  await sweepUnfinished(dataDir);
  const rows = await records.db.selectFrom('bin').select(['id', 'episode', 'state']).execute();
  const known = new Set(rows.map(({ id }) => id));
  for (const name of await namesIn(binIn(dataDir)))
    if (!known.has(name)) await rm(join(binIn(dataDir), name), { recursive: true, force: true });
  for (const { id, episode, state } of rows) {
    if (state === 'going') await emptyFolder(context, id, SYSTEM).catch(ignoreChanged);
    if (state === 'returning') await jobs.add('restore', id, { by: SYSTEM, key: episode, from: episode });
  }
  await records.write(forgetLostFolders);
  await writeDraftsThatAreReady(context);
}

/**
 * Ignores that a folder was changed meanwhile, and stays, or that it cannot be written to, which its job
 * tries again. Throws every other error.
 */
function ignoreChanged(error: unknown): void {
  if (error instanceof Refused || machineProblem(error) !== undefined) return;
  throw error;
}
