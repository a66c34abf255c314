import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { JobHandler } from '../../jobs/job.ts';
import { Refused } from '../../model/problem.ts';
import type { Actor } from '../../model/staff.ts';
import { byActor, byShape } from '../actor.ts';
import type { Room } from '../context.ts';
import { binIn } from '../data-files.ts';
import { datedByFile, noteFolderText } from '../folders/episode-folder.ts';
import { copyFolderAside, textsAside } from '../folders/folder-copy.ts';
import { bundleAt, folderAt, readFolder } from '../folders/folder-text.ts';
import { knownStation } from '../folders/known-show.ts';
import { readableOf } from '../folders/readable.ts';
import { assertIdle } from '../folders/replace-text.ts';
import { type Doer, note } from '../journal.ts';
import { jobError } from '../machine-problems.ts';
import { assertMayPublish, showOf } from '../permissions.ts';
import { pinnedText } from '../writing/pinned-text.ts';

/** Adds the job that puts an episode into the bin. Throws `Refused`: `not-allowed`, `not-found`, `episode-busy`. */
export async function binEpisode(room: Room, actor: Actor, episode: string): Promise<number> {
  assertMayPublish(actor, showOf(episode));
  if ((await bundleAt(room.archive, episode))?.kind !== 'episode') throw new Refused('not-found');
  const { reading } = await readableOf(room, await folderAt(room.archive, episode));
  if (reading?.values.status === 'withdrawn') throw new Refused('episode-withdrawn');
  await assertIdle(room, episode);
  return room.jobs.add('bin', episode, { ...byActor(actor), id: crypto.randomUUID() });
}

const payloadShape = z.object({ ...byShape, id: z.uuid() });

/**
 * Returns what puts an episode into the bin: a copy that lasts, then a row that says so, and only then the folder goes. At
 * every moment one of the two is whole.
 */
export function binHandler(room: Room): JobHandler {
  return async ({ subject: episode, payload, report }) => {
    const { by, id } = payloadShape.parse(payload);
    report('removing', 0);
    try {
      if (!(await isIn(room, id))) await copyToBin(room, episode, id, by);
      report('removing', 0.5);
      await emptyFolder(room, id, by);
    } catch (error) {
      throw jobError(error);
    }
    return { bin: id };
  };
}

async function isIn({ records }: Room, id: string): Promise<boolean> {
  const row = await records.db.selectFrom('bin').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

async function copyToBin(room: Room, episode: string, id: string, by: Doer): Promise<void> {
  const { archive, catalogue, records, dataDir, now } = room;
  const bundle = await archive.bundle(episode);
  if (bundle === undefined) throw new Refused('not-found');
  const [show = '', slug = ''] = episode.split('/');
  const folder = await readableOf(room, await folderAt(archive, episode));
  const { reading } = folder;
  const indexed = await catalogue.episodeOfAnyStatus(show, slug);
  const target = join(binIn(dataDir), id);
  await rm(target, { recursive: true, force: true });
  const { timezone } = await knownStation(room);
  const publishedAt = reading && (await datedByFile(room, episode, reading));
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
 * Lets a folder go that lies in the bin; done again after a crash, too. One that somebody has changed since stays, and it is
 * the copy that goes: throws `Refused` (`folder-changed`).
 */
export async function emptyFolder(room: Room, id: string, by: Doer): Promise<void> {
  const { archive, records, now } = room;
  const row = await records.db
    .selectFrom('bin')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'going')
    .executeTakeFirst();
  if (row === undefined) return;
  const folder = await readFolder(archive, row.episode);
  if (folder !== undefined && folder.text !== (await textsAside(join(binIn(room.dataDir), id))).own) {
    await records.db.deleteFrom('bin').where('id', '=', id).execute();
    await rm(join(binIn(room.dataDir), id), { recursive: true, force: true });
    throw new Refused('folder-changed', { file: `${row.episode}/episode.md` });
  }
  await archive.remove(row.episode);
  await records.write(async (db) => {
    await db.updateTable('bin').set({ state: 'there' }).where('id', '=', id).execute();
    const details = { title: row.title };
    await note(db, now(), by, { action: 'episode-binned', subject: row.episode, details });
  });
}
