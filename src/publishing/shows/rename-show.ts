import { z } from 'zod';
import { keyInside } from '../../archive/keys.ts';
import type { JobHandler } from '../../jobs/job.ts';
import { showPath } from '../../model/addresses.ts';
import { FrontMatterBroken, withKeys } from '../../model/front-matter.ts';
import { readShowFile } from '../../model/show-file.ts';
import type { Actor } from '../../model/staff.ts';
import { byActor, byShape } from '../actor.ts';
import type { Db, Room } from '../context.ts';
import { contentColumns, draftOf } from '../drafts/draft-rows.ts';
import { rehearsed } from '../dry-run/rehearsed.ts';
import { redirectedFrom } from '../episodes/move-episode.ts';
import { noteNewText } from '../folders/episode-folder.ts';
import { folderAt, readFolder, writeText } from '../folders/folder-text.ts';
import { knownShow } from '../folders/known-show.ts';
import { readableOf } from '../folders/readable.ts';
import { followText } from '../folders/replace-text.ts';
import { textHash } from '../folders/text-hash.ts';
import { type Doer, note } from '../journal.ts';
import { jobError } from '../machine-problems.ts';
import { assertMayManage } from '../permissions.ts';
import { assertFreeShow, assertShow } from './show-rules.ts';

/**
 * Adds the job that gives a show another folder name. Throws `Refused` (`not-allowed`, `not-found`, `name-refused`,
 * `already-there`), and `FeedWouldBreak`.
 */
export async function renameShow(room: Room, actor: Actor, show: string, slug: string): Promise<number> {
  assertMayManage(actor);
  await assertShow(room, show);
  await assertFreeShow(room, slug);
  const text = await renamedText(room, show);
  await rehearsed(room, [
    { key: show, gone: true },
    { key: slug, from: show, texts: { 'show.md': text } },
  ]);
  return room.jobs.add('rename-show', show, { ...byActor(actor), to: slug });
}

/** The guid is written down: it may come from the folder's name, and those of all its episodes from it. */
async function renamedText(room: Room, slug: string): Promise<string> {
  const { text } = await folderAt(room.archive, slug, 'show.md');
  const { guid } = await assertShow(room, slug);
  const { values } = readShowFile(text, slug);
  const path = showPath(slug);
  const known = values.redirectFrom ?? [];
  return withKeys(text, {
    guid: values.guid ?? guid,
    ...(!known.includes(path) && { redirectFrom: [...known, path] }),
  });
}

const payloadShape = z.object({ ...byShape, to: z.string() });

/**
 * Returns what renames a show. Every episode first has written down where it was: that the old addresses lead on must not
 * hang on our memory alone. Then the folder gets its name.
 */
export function renameShowHandler(room: Room): JobHandler {
  return async ({ subject: from, payload, report, signal }) => {
    const { by, to } = payloadShape.parse(payload);
    report('writing', 0);
    try {
      if ((await room.archive.bundle(from)) !== undefined) {
        const text = await renamedText(room, from);
        if ((await folderAt(room.archive, from, 'show.md')).text !== text)
          await writeText(room.archive, from, 'show.md', text);
        const episodes = await room.catalogue.keysBelow(from);
        for (const [done, episode] of episodes.entries()) {
          signal.throwIfAborted();
          report('writing', done / (episodes.length + 1));
          await noteAddress(room, episode, by);
        }
        await room.archive.move(from, to);
      }
    } catch (error) {
      throw jobError(error);
    }
    const title = (await knownShow(room, to))?.title ?? to;
    await room.records.write(async (db) => {
      await followShow(db, from, to);
      await note(db, room.now(), by, { action: 'show-renamed', subject: to, details: { title, from } });
    });
    return { show: to };
  };
}

/** Says in an episode's own text where it was. One whose front matter is broken is left as it is. */
async function noteAddress(room: Room, episode: string, by: Doer): Promise<void> {
  const folder = await readFolder(room.archive, episode);
  if (folder === undefined) return;
  const { reading } = await readableOf(room, folder);
  if (reading === undefined) return;
  const text = textWith(folder.text, redirectedFrom(reading.values.redirectFrom, episode));
  if (text === undefined || text === folder.text) return;
  await writeText(room.archive, episode, 'episode.md', text);
  await room.records.write(async (db) => {
    await noteNewText(db, { ...folder, reading }, { text, at: room.now(), by });
    await followText(db, episode, folder.hash, textHash(text));
  });
}

function textWith(text: string, keys: Record<string, unknown>): string | undefined {
  try {
    return withKeys(text, keys);
  } catch (error) {
    if (error instanceof FrontMatterBroken) return undefined;
    throw error;
  }
}

/** Everything that names the show, or a folder in it, names it anew. */
async function followShow(db: Db, from: string, to: string): Promise<void> {
  const moved = (key: string): string => keyInside(to, key.slice(from.length + 1));
  const drafts = await db.selectFrom('drafts').selectAll().where('show', '=', from).execute();
  for (const row of drafts) {
    const { id, episode, content, revision } = draftOf(row);
    await db
      .updateTable('drafts')
      .set({ ...contentColumns({ ...content, show: to }), revision: revision + 1 })
      .set({ episode: episode?.startsWith(`${from}/`) ? moved(episode) : (episode ?? null) })
      .where('id', '=', id)
      .execute();
  }
  const binned = await db.selectFrom('bin').select(['id', 'episode']).execute();
  for (const { id, episode } of binned)
    if (episode.startsWith(`${from}/`))
      await db
        .updateTable('bin')
        .set({ episode: moved(episode) })
        .where('id', '=', id)
        .execute();
  const own = await db.selectFrom('account_shows').selectAll().where('show', '=', from).execute();
  for (const { account_id } of own)
    await db
      .insertInto('account_shows')
      .values({ account_id, show: to })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await db.deleteFrom('account_shows').where('show', '=', from).execute();
}
