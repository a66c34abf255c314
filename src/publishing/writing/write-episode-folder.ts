import { rm } from 'node:fs/promises';
import type { ReportProgress } from '../../jobs/job.ts';
import type { PublishingContext } from '../context.ts';
import { keepAside } from '../data-files.ts';
import { readFolder, writeText } from '../folders/folders.ts';
import { keepPeaks, putFile } from './put-files.ts';
import { staleTags } from './stale-tags.ts';
import { assertUntouched, type WritingTask } from './writing-task.ts';

/**
 * Carries out the plan on the folder, in its order. Each file is replaced whole or not at all. Repeated from
 * the beginning after a crash, it ends the same. Throws what the archive throws, `Refused`, and the signal's
 * reason.
 *
 * Nobody is told when it has ended: the archive's watch reports the folder to the index thread, as it does
 * for every folder that anybody changes (indexing/keep-indexed.ts), and from there it is on the pages and in
 * the feeds.
 */
export async function writeEpisodeFolder(
  context: PublishingContext,
  task: WritingTask,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<void> {
  const { key, draft, plan, uploads, tagged } = task;
  const { archive } = context;
  const steps: (() => Promise<void>)[] = [];
  const there = (await readFolder(archive, key))?.files ?? [];
  for (const name of plan.keeps.filter((file) => there.includes(file)))
    steps.push(async () => {
      const path = await archive.localPath(`${key}/${name}`);
      if (path !== undefined) await keepAside(context.dataDir, draft.id, name, path);
    });
  const { first } = plan;
  if (first !== undefined) steps.push(() => writeText(archive, key, 'episode.md', first));
  const putting = { draft: draft.id, key, plan, uploads, crop: draft.content.cover.crop, tagged };
  for (const put of plan.puts) steps.push(() => putFile(context, putting, put));
  for (const name of plan.removes) steps.push(() => archive.remove(`${key}/${name}`));
  for (const stale of await staleTags(context, task))
    steps.push(async () => {
      const { file, peaks, data } = await stale();
      await archive.write(`${key}/${file}`, data);
      await keepPeaks(context, key, file, peaks);
      await rm(peaks, { force: true });
    });
  steps.push(async () => {
    // While sounds were copied, somebody may have opened the text in an editor.
    await assertUntouched(context, task);
    await writeText(archive, key, 'episode.md', plan.final);
  });
  for (const name of plan.removesLast) steps.push(() => archive.remove(`${key}/${name}`));

  for (const [done, step] of steps.entries()) {
    signal.throwIfAborted();
    report('writing', done / steps.length);
    await step();
  }
}
