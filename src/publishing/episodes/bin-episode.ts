import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { JobHandler } from '../../jobs/job.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry, type JournalActor } from '../../records/journal.ts';
import { actorPayload, actorPayloadShape } from '../actor.ts';
import type { PublishingContext } from '../context.ts';
import { binIn } from '../data-files.ts';
import {
  assertIdle,
  bundleAt,
  copyFolderAside,
  currentStation,
  dateOfFile,
  folderAt,
  noteFolderText,
  readFolder,
  readIfReadable,
  textsAside,
} from '../folders/folders.ts';
import { assertMayPublish, showOf } from '../permissions.ts';
import { retryMachineProblem } from '../retry-later.ts';
import { pinnedText } from '../writing/writing.ts';

/**
 * Adds the job that puts an episode into the bin. Throws `Refused`: `not-allowed`, `not-found`,
 * `episode-busy`.
 */
export async function binEpisode(context: PublishingContext, actor: Actor, episode: string): Promise<number> {
  assertMayPublish(actor, showOf(episode));
  if ((await bundleAt(context.archive, episode))?.kind !== 'episode') throw new Refused('not-found');
  const { reading } = await readIfReadable(context, await folderAt(context.archive, episode));
  if (reading?.values.status === 'withdrawn') throw new Refused('episode-withdrawn');
  await assertIdle(context, episode);
  return context.jobs.add('bin', episode, { ...actorPayload(actor), id: crypto.randomUUID() });
}

const payloadShape = z.object({ ...actorPayloadShape, id: z.uuid() });

/**
 * Returns the job that puts an episode into the bin: it syncs a copy to the disk, adds the bin's row, and
 * only then removes the folder. At every moment the copy or the folder is whole.
 */
export function binJob(context: PublishingContext): JobHandler {
  return async ({ subject: episode, payload, report }) => {
    const { by, id } = payloadShape.parse(payload);
    report('removing', 0);
    try {
      if (!(await isIn(context, id))) await copyToBin(context, episode, id, by);
      report('removing', 0.5);
      await emptyFolder(context, id, by);
    } catch (error) {
      throw retryMachineProblem(error);
    }
    return { bin: id };
  };
}

async function isIn({ records }: PublishingContext, id: string): Promise<boolean> {
  const row = await records.db.selectFrom('bin').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

async function copyToBin(
  context: PublishingContext,
  episode: string,
  id: string,
  by: JournalActor,
): Promise<void> {
  const { archive, catalogue, records, dataDir, now } = context;
  const bundle = await archive.bundle(episode);
  if (bundle === undefined) throw new Refused('not-found');
  const [show = '', slug = ''] = episode.split('/');
  const folder = await readIfReadable(context, await folderAt(archive, episode));
  const { reading } = folder;
  const indexed = await catalogue.episodeOfAnyStatus(show, slug);
  const target = join(binIn(dataDir), id);
  await rm(target, { recursive: true, force: true });
  const { timezone } = await currentStation(context);
  const publishedAt = reading && (await dateOfFile(context, episode, reading));
  const bytes = await copyFolderAside(
    archive,
    bundle,
    target,
    reading && pinnedText(reading, timezone, { publishedAt }),
  );
  await records.write(async (db) => {
    if (reading !== undefined) await noteFolderText(db, { ...folder, reading }, now());
    await db
      .insertInto('bin')
      .values({
        id,
        episode,
        bytes,
        by_name: by.name,
        removed_at: now(),
        state: 'going',
        title: reading?.values.title ?? indexed?.title ?? slug,
        guid: reading?.guids.episode ?? indexed?.guid ?? '',
      })
      .execute();
  });
}

/**
 * Removes the folder of an episode that is in the bin; called again after a crash. If somebody has changed
 * the folder since, it stays and the copy is removed instead: throws `Refused` (`folder-changed`).
 */
export async function emptyFolder(context: PublishingContext, id: string, by: JournalActor): Promise<void> {
  const { archive, records, now } = context;
  const row = await records.db
    .selectFrom('bin')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'going')
    .executeTakeFirst();
  if (row === undefined) return;
  const folder = await readFolder(archive, row.episode);
  if (folder !== undefined && folder.text !== (await textsAside(join(binIn(context.dataDir), id))).own) {
    await records.db.deleteFrom('bin').where('id', '=', id).execute();
    await rm(join(binIn(context.dataDir), id), { recursive: true, force: true });
    throw new Refused('folder-changed', { file: `${row.episode}/episode.md` });
  }
  await archive.remove(row.episode);
  await records.write(async (db) => {
    await db.updateTable('bin').set({ state: 'there' }).where('id', '=', id).execute();
    const details = { title: row.title };
    await addJournalEntry(db, now(), by, { action: 'episode-binned', subject: row.episode, details });
  });
}
