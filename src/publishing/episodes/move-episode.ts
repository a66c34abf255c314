import { z } from 'zod';
import type { JobHandler } from '../../jobs/job.ts';
import { episodePath } from '../../model/addresses.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { Db } from '../../records/records.ts';
import { actorPayload, actorPayloadShape } from '../actor.ts';
import type { PublishingContext } from '../context.ts';
import { contentColumns, findDraft } from '../drafts/drafts.ts';
import { dryRunOrRefuse } from '../dry-run/dry-run.ts';
import {
  assertIdle,
  bundleAt,
  currentStation,
  dateOfFile,
  type EpisodeFolder,
  episodeFolder,
  noteNewText,
  readEpisodeText,
  readFolder,
  textHash,
  writeText,
} from '../folders/folders.ts';
import { assertMayPublish, showOf } from '../permissions.ts';
import { retryMachineProblem } from '../retry-later.ts';
import { isFreeKey, namesLike, pinnedText } from '../writing/writing.ts';

/**
 * Adds the job that moves an episode to another show. Throws `Refused` (`not-allowed`, `not-found`,
 * `show-missing`, `already-there`, `episode-busy`), and `FeedWouldBreak`.
 */
export async function moveEpisode(
  context: PublishingContext,
  actor: Actor,
  episode: string,
  show: string,
): Promise<number> {
  assertMayPublish(actor, showOf(episode));
  assertMayPublish(actor, show);
  const folder = await episodeFolder(context, episode);
  if (show === showOf(episode)) throw new Refused('already-there', { name: episode });
  if ((await bundleAt(context.archive, show))?.kind !== 'show') throw new Refused('show-missing');
  await assertIdle(context, episode);
  const to = await freeKeyIn(context, show, episode);
  const text = await movedText(context, folder);
  await dryRunOrRefuse(context, [
    { key: episode, gone: true },
    { key: to, from: episode, texts: { 'episode.md': text } },
  ]);
  return context.jobs.add('move', episode, { ...actorPayload(actor), to });
}

async function freeKeyIn(context: PublishingContext, show: string, episode: string): Promise<string> {
  for (const name of namesLike(episode.slice(episode.indexOf('/') + 1))) {
    const key = `${show}/${name}`;
    if (await isFreeKey(context, key, context.now())) return key;
  }
  throw new Error('there is always another number');
}

/**
 * Returns the text for the new place. It has the guids, since they may derive from the names of show and
 * folder, and the old address, which redirects.
 */
async function movedText(
  context: PublishingContext,
  { key, reading }: Pick<EpisodeFolder, 'key' | 'reading'>,
): Promise<string> {
  const { timezone } = await currentStation(context);
  const keys = redirectedFrom(reading.values.redirectFrom, key);
  return pinnedText(reading, timezone, { keys, publishedAt: await dateOfFile(context, key, reading) });
}

/** Returns the key by which addresses below a folder's old name redirect. */
export function redirectedFrom(
  known: readonly string[] | undefined,
  key: string,
): { redirectFrom?: string[] } {
  const [show = '', slug = ''] = key.split('/');
  const path = episodePath(show, slug);
  return known?.includes(path) ? {} : { redirectFrom: [...(known ?? []), path] };
}

const payloadShape = z.object({ ...actorPayloadShape, to: z.string() });

/**
 * Returns the job that moves an episode: its guids are written into the file first, then the folder is
 * renamed.
 */
export function moveJob(context: PublishingContext): JobHandler {
  return async ({ subject: from, payload, report }) => {
    const { by, to } = payloadShape.parse(payload);
    report('writing', 0);
    const folder = await readFolder(context.archive, from);
    if (folder !== undefined) {
      await assertIdle(context, from);
      const before = { ...folder, reading: await readEpisodeText(context, folder) };
      const text = await movedText(context, before);
      try {
        if (text !== folder.text) await writeText(context.archive, from, 'episode.md', text);
        await context.records.write(async (db) => {
          await noteNewText(db, before, { text, at: context.now(), by });
          await followDraft(db, from, { to: from, base: [folder.hash, textHash(text)] });
        });
        await context.archive.move(from, to);
      } catch (error) {
        throw retryMachineProblem(error);
      }
    }
    const title = await titleAt(context, to);
    await context.records.write(async (db) => {
      await followDraft(db, from, { to });
      await addJournalEntry(db, context.now(), by, {
        action: 'episode-moved',
        subject: to,
        details: { title, from },
      });
    });
    return { episode: to };
  };
}

async function titleAt(context: PublishingContext, key: string): Promise<string> {
  const folder = await readFolder(context.archive, key);
  if (folder === undefined) throw new Refused('not-found');
  return (await readEpisodeText(context, folder)).content.title;
}

/** The draft follows its folder, and continues from the text that is there then. */
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
