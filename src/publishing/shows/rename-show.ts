import { z } from 'zod';
import { keyInside } from '../../archive/keys.ts';
import type { JobHandler } from '../../jobs/job.ts';
import { showPath } from '../../model/addresses.ts';
import { FrontMatterBroken, withKeys } from '../../model/front-matter/front-matter.ts';
import { readShowFile } from '../../model/front-matter/show-file.ts';
import type { Actor } from '../../model/permissions.ts';
import { addJournalEntry, type JournalActor } from '../../records/journal.ts';
import type { Db } from '../../records/records.ts';
import { actorPayload, actorPayloadShape } from '../actor.ts';
import type { PublishingContext } from '../context.ts';
import { contentColumns, draftFromRow } from '../drafts/drafts.ts';
import { dryRunOrRefuse } from '../dry-run/dry-run.ts';
import { redirectedFrom } from '../episodes/episodes.ts';
import {
  currentShow,
  folderAt,
  noteNewText,
  readFolder,
  readIfReadable,
  rebaseDraftText,
  textHash,
  writeText,
} from '../folders/folders.ts';
import { assertMayManage } from '../permissions.ts';
import { retryMachineProblem } from '../retry-later.ts';
import { assertFreeShow, assertShow } from './show-rules.ts';

/**
 * Adds the job that gives a show another folder name. Throws `Refused` (`not-allowed`, `not-found`,
 * `name-refused`, `already-there`), and `FeedWouldBreak`.
 */
export async function renameShow(
  context: PublishingContext,
  actor: Actor,
  show: string,
  slug: string,
): Promise<number> {
  assertMayManage(actor);
  await assertShow(context, show);
  await assertFreeShow(context, slug);
  const text = await renamedText(context, show);
  await dryRunOrRefuse(context, [
    { key: show, gone: true },
    { key: slug, from: show, texts: { 'show.md': text } },
  ]);
  return context.jobs.add('rename-show', show, { ...actorPayload(actor), to: slug });
}

/**
 * Writes the show's guid into its file, since it may derive from the folder's name, and its episodes' guids
 * from it.
 */
async function renamedText(context: PublishingContext, slug: string): Promise<string> {
  const { text } = await folderAt(context.archive, slug, 'show.md');
  const { guid } = await assertShow(context, slug);
  const { values } = readShowFile(text, slug);
  const path = showPath(slug);
  const known = values.redirectFrom ?? [];
  return withKeys(text, {
    guid: values.guid ?? guid,
    ...(!known.includes(path) && { redirectFrom: [...known, path] }),
  });
}

const payloadShape = z.object({ ...actorPayloadShape, to: z.string() });

/**
 * Returns the job that renames a show. The old address is first written into every episode, so that redirects
 * do not depend on our database alone. Then the folder is renamed.
 */
export function renameShowJob(context: PublishingContext): JobHandler {
  return async ({ subject: from, payload, report, signal }) => {
    const { by, to } = payloadShape.parse(payload);
    report('writing', 0);
    try {
      if ((await context.archive.bundle(from)) !== undefined) {
        const text = await renamedText(context, from);
        if ((await folderAt(context.archive, from, 'show.md')).text !== text)
          await writeText(context.archive, from, 'show.md', text);
        const episodes = await context.catalogue.keysBelow(from);
        for (const [done, episode] of episodes.entries()) {
          signal.throwIfAborted();
          report('writing', done / (episodes.length + 1));
          await noteAddress(context, episode, by);
        }
        await context.archive.move(from, to);
      }
    } catch (error) {
      throw retryMachineProblem(error);
    }
    const title = (await currentShow(context, to))?.title ?? to;
    await context.records.write(async (db) => {
      await followShow(db, from, to);
      await addJournalEntry(db, context.now(), by, {
        action: 'show-renamed',
        subject: to,
        details: { title, from },
      });
    });
    return { show: to };
  };
}

/** Writes an episode's old address into its text. Broken front matter is left as it is. */
async function noteAddress(context: PublishingContext, episode: string, by: JournalActor): Promise<void> {
  const folder = await readFolder(context.archive, episode);
  if (folder === undefined) return;
  const { reading } = await readIfReadable(context, folder);
  if (reading === undefined) return;
  const text = textWith(folder.text, redirectedFrom(reading.values.redirectFrom, episode));
  if (text === undefined || text === folder.text) return;
  await writeText(context.archive, episode, 'episode.md', text);
  await context.records.write(async (db) => {
    await noteNewText(db, { ...folder, reading }, { text, at: context.now(), by });
    await rebaseDraftText(db, episode, folder.hash, textHash(text));
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

/** Updates all rows that name the show or a folder in it. */
async function followShow(db: Db, from: string, to: string): Promise<void> {
  const moved = (key: string): string => keyInside(to, key.slice(from.length + 1));
  const drafts = await db.selectFrom('drafts').selectAll().where('show', '=', from).execute();
  for (const row of drafts) {
    const { id, episode, content, revision } = draftFromRow(row);
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
