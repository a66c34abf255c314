import { z } from 'zod';
import type { JobHandler } from '../../jobs/job.ts';
import { episodePath } from '../../model/addresses.ts';
import { Refused } from '../../model/problem.ts';
import type { Actor } from '../../model/staff.ts';
import { byActor, byShape } from '../actor.ts';
import type { Db, Room } from '../context.ts';
import { contentColumns, findDraft } from '../drafts/draft-rows.ts';
import { rehearsed } from '../dry-run/rehearsed.ts';
import {
  datedByFile,
  type EpisodeFolder,
  episodeFolder,
  noteNewText,
  readingIn,
} from '../folders/episode-folder.ts';
import { bundleAt, readFolder, writeText } from '../folders/folder-text.ts';
import { knownStation } from '../folders/known-show.ts';
import { assertIdle } from '../folders/replace-text.ts';
import { textHash } from '../folders/text-hash.ts';
import { note } from '../journal.ts';
import { jobError } from '../machine-problems.ts';
import { assertMayPublish, showOf } from '../permissions.ts';
import { isFreeKey } from '../writing/choose-folder.ts';
import { namesLike } from '../writing/episode-folder-name.ts';
import { pinnedText } from '../writing/pinned-text.ts';

/**
 * Adds the job that moves an episode to another show. Throws `Refused` (`not-allowed`, `not-found`, `show-missing`,
 * `already-there`, `episode-busy`), and `FeedWouldBreak`.
 */
export async function moveEpisode(room: Room, actor: Actor, episode: string, show: string): Promise<number> {
  assertMayPublish(actor, showOf(episode));
  assertMayPublish(actor, show);
  const folder = await episodeFolder(room, episode);
  if (show === showOf(episode)) throw new Refused('already-there', { name: episode });
  if ((await bundleAt(room.archive, show))?.kind !== 'show') throw new Refused('show-missing');
  await assertIdle(room, episode);
  const to = await freeKeyIn(room, show, episode);
  const text = await movedText(room, folder);
  await rehearsed(room, [
    { key: episode, gone: true },
    { key: to, from: episode, texts: { 'episode.md': text } },
  ]);
  return room.jobs.add('move', episode, { ...byActor(actor), to });
}

async function freeKeyIn(room: Room, show: string, episode: string): Promise<string> {
  for (const name of namesLike(episode.slice(episode.indexOf('/') + 1))) {
    const key = `${show}/${name}`;
    if (await isFreeKey(room, key, room.now())) return key;
  }
  throw new Error('there is always another number');
}

/** Guids are written down, since they may come from the show's and the folder's name; the old address leads on. */
async function movedText(
  room: Room,
  { key, reading }: Pick<EpisodeFolder, 'key' | 'reading'>,
): Promise<string> {
  const { timezone } = await knownStation(room);
  const keys = redirectedFrom(reading.values.redirectFrom, key);
  return pinnedText(reading, timezone, { keys, publishedAt: await datedByFile(room, key, reading) });
}

/** Returns the key that lets the addresses below a folder's old name lead on. */
export function redirectedFrom(
  known: readonly string[] | undefined,
  key: string,
): { redirectFrom?: string[] } {
  const [show = '', slug = ''] = key.split('/');
  const path = episodePath(show, slug);
  return known?.includes(path) ? {} : { redirectFrom: [...(known ?? []), path] };
}

const payloadShape = z.object({ ...byShape, to: z.string() });

/** Returns what moves an episode: what it must not lose is written down where it lies, then the folder has another name. */
export function moveHandler(room: Room): JobHandler {
  return async ({ subject: from, payload, report }) => {
    const { by, to } = payloadShape.parse(payload);
    report('writing', 0);
    const folder = await readFolder(room.archive, from);
    if (folder !== undefined) {
      await assertIdle(room, from);
      const before = { ...folder, reading: await readingIn(room, folder) };
      const text = await movedText(room, before);
      try {
        if (text !== folder.text) await writeText(room.archive, from, 'episode.md', text);
        await room.records.write(async (db) => {
          await noteNewText(db, before, { text, at: room.now(), by });
          await followDraft(db, from, { to: from, base: [folder.hash, textHash(text)] });
        });
        await room.archive.move(from, to);
      } catch (error) {
        throw jobError(error);
      }
    }
    const title = await titleAt(room, to);
    await room.records.write(async (db) => {
      await followDraft(db, from, { to });
      await note(db, room.now(), by, { action: 'episode-moved', subject: to, details: { title, from } });
    });
    return { episode: to };
  };
}

async function titleAt(room: Room, key: string): Promise<string> {
  const folder = await readFolder(room.archive, key);
  if (folder === undefined) throw new Refused('not-found');
  return (await readingIn(room, folder)).content.title;
}

/** A draft goes where its folder goes, and from the text that is there then. */
async function followDraft(
  db: Db,
  from: string,
  { to, base }: { to: string; base?: [from: string, to: string] },
): Promise<void> {
  const draft = await findDraft(db, { episode: from });
  if (draft === undefined) return;
  const content = { ...draft.content, show: showOf(to) };
  await db
    .updateTable('drafts')
    .set({ episode: to, ...contentColumns(content), revision: draft.revision + 1 })
    .set(base !== undefined && draft.base === base[0] ? { base: base[1] } : {})
    .where('id', '=', draft.id)
    .execute();
}
