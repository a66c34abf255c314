import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isIgnoredName, isKeyPart } from '../../archive/keys.ts';
import type { JobHandler } from '../../jobs/job.ts';
import { FrontMatterBroken, withKeys } from '../../model/front-matter/front-matter.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry, type JournalActor, SYSTEM } from '../../records/journal.ts';
import { actorPayload, actorPayloadShape } from '../actor.ts';
import type { PublishingContext } from '../context.ts';
import { binIn, bytesAt } from '../data-files.ts';
import { dryRunOrRefuse } from '../dry-run/dry-run.ts';
import {
  bundleAt,
  copyRestBack,
  keepVersion,
  rebaseDraftText,
  textHash,
  textsAside,
  writeText,
} from '../folders/folders.ts';
import { assertMayPublish, maySee, showOf } from '../permissions.ts';
import type { BinEntry, Publishing } from '../publishing.ts';
import { retryMachineProblem } from '../retry-later.ts';
import { isFreeKey, namesLike } from '../writing/writing.ts';

/** How long an episode in the bin can be restored (ms). */
export const BIN_MS = 30 * 24 * 3600 * 1000;

/** Returns what staff do with the bin. */
export function binOperations(context: PublishingContext): Publishing['bin'] {
  const { records } = context;
  return {
    async list(actor) {
      const rows = await records.db
        .selectFrom('bin')
        .selectAll()
        .where('state', '=', 'there')
        .orderBy('removed_at', 'desc')
        .execute();
      return rows
        .filter(({ episode }) => maySee(actor, { show: showOf(episode), ownerId: '' }))
        .map(
          ({ id, episode, title, by_name, removed_at, bytes }): BinEntry => ({
            id,
            episode,
            title,
            bytes,
            byName: by_name,
            removedAt: removed_at,
            until: removed_at + BIN_MS,
          }),
        );
    },
    restore: (actor, id) => restoreEpisode(context, actor, id),
    expire: (now) => expireBin(context, now),
  };
}

async function restoreEpisode(context: PublishingContext, actor: Actor, id: string): Promise<number> {
  const row = await binRow(context, id);
  if (row === undefined) throw new Refused('not-found');
  assertMayPublish(actor, showOf(row.episode));
  const spent = await context.records.db
    .selectFrom('spent_guids')
    .select('guid')
    .where('guid', '=', row.guid)
    .executeTakeFirst();
  if (spent !== undefined) throw new Refused('episode-withdrawn');
  if ((await bundleAt(context.archive, showOf(row.episode)))?.kind !== 'show')
    throw new Refused('show-missing');
  const key = await freeKeyFor(context, row.episode);
  const folder = join(binIn(context.dataDir), id);
  const names = await filesIn(folder);
  const { lasting: text } = await textsAside(folder);
  const files = names
    .filter((name) => name !== 'episode.md')
    .map((name) => [name, join(folder, name)] as const);
  const texts: Record<string, string> = names.includes('episode.md') ? { 'episode.md': text } : {};
  await dryRunOrRefuse(context, [{ key, files: Object.fromEntries(files), texts }]);
  return context.jobs.add('restore', id, { ...actorPayload(actor), key, from: row.episode });
}

const binRow = ({ records }: PublishingContext, id: string) =>
  records.db.selectFrom('bin').selectAll().where('id', '=', id).executeTakeFirst();

/** Returns the episode's former key if it is free, otherwise a free key like it. */
async function freeKeyFor(context: PublishingContext, episode: string): Promise<string> {
  for (const key of namesLike(episode)) {
    if (key === episode && (await context.archive.bundle(key)) === undefined) return key;
    if (key !== episode && (await isFreeKey(context, key, context.now()))) return key;
  }
  throw new Error('there is always another number');
}

/** Returns the names of the files that the archive accepts. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isKeyPart(entry.name) && !isIgnoredName(entry.name))
    .map(({ name }) => name)
    .sort();
}

const payloadShape = z.object({ ...actorPayloadShape, key: z.string(), from: z.string() });

/**
 * Returns the job that restores an episode from the bin: first its text, hidden; then its files; then its
 * text as it was. The bin keeps the episode until all of it is back.
 */
export function restoreJob(context: PublishingContext): JobHandler {
  return async ({ subject: id, payload, report, signal }) => {
    const { by, key, from } = payloadShape.parse(payload);
    const row = await binRow(context, id);
    if (row === undefined) return { episode: key };
    if (row.state === 'there') {
      if ((await context.archive.bundle(key)) !== undefined)
        throw new Refused('already-there', { name: key });
      await context.records.db
        .updateTable('bin')
        .set({ state: 'returning', episode: key })
        .where('id', '=', id)
        .execute();
    }
    try {
      await bringBack(context, id, key, (done) => {
        signal.throwIfAborted();
        report('writing', done);
      });
    } catch (error) {
      throw retryMachineProblem(error);
    }
    await finish(context, id, { key, from, by, title: row.title, guid: row.guid });
    return { episode: key };
  };
}

async function bringBack(
  context: PublishingContext,
  id: string,
  key: string,
  report: (done: number) => void,
): Promise<void> {
  const { archive } = context;
  const folder = join(binIn(context.dataDir), id);
  const names = await filesIn(folder);
  const { lasting: text } = await textsAside(folder);
  await writeText(archive, key, 'episode.md', hidden(text));
  const files = names.filter((name) => name !== 'episode.md');
  for (const [done, name] of files.entries()) {
    report(done / files.length);
    await archive.write(`${key}/${name}`, bytesAt(join(folder, name)));
  }
  const bundle = await archive.bundle(key);
  if (bundle !== undefined) await copyRestBack(archive, bundle, folder);
  if (names.includes('episode.md')) await writeText(archive, key, 'episode.md', text);
  else await archive.remove(`${key}/episode.md`);
}

/**
 * Returns the text with the status `draft`. A text that cannot be read stays as it is, since it hides the
 * episode anyway.
 */
function hidden(text: string): string {
  try {
    return withKeys(text, { status: 'draft' });
  } catch (error) {
    if (error instanceof FrontMatterBroken) return text;
    throw error;
  }
}

async function finish(
  context: PublishingContext,
  id: string,
  {
    key,
    from,
    by,
    title,
    guid,
  }: { key: string; from: string; by: JournalActor; title: string; guid: string },
): Promise<void> {
  const { own, lasting } = await textsAside(join(binIn(context.dataDir), id));
  await context.records.write(async (db) => {
    await db.deleteFrom('bin').where('id', '=', id).execute();
    await db.updateTable('drafts').set({ episode: key }).where('episode', '=', from).execute();
    if (guid !== '') await keepVersion(db, { guid, text: lasting, at: context.now(), by, reason: by.via });
    await rebaseDraftText(db, key, textHash(own), textHash(lasting));
    await addJournalEntry(db, context.now(), by, {
      action: 'episode-restored',
      subject: key,
      details: { title },
    });
  });
  await rm(join(binIn(context.dataDir), id), { recursive: true, force: true });
}

/** Removes expired entries of the bin for good, with their texts. */
async function expireBin(context: PublishingContext, now: number): Promise<void> {
  const { records, catalogue, dataDir } = context;
  const rows = await records.db
    .selectFrom('bin')
    .selectAll()
    .where('state', '=', 'there')
    .where('removed_at', '<=', now - BIN_MS)
    .execute();
  for (const { id, episode, guid, title } of rows) {
    await rm(join(binIn(dataDir), id), { recursive: true, force: true });
    const isElsewhere = (await catalogue.keyOfGuid(guid)) !== undefined;
    await records.write(async (db) => {
      await db.deleteFrom('bin').where('id', '=', id).execute();
      if (!isElsewhere) await db.deleteFrom('versions').where('guid', '=', guid).execute();
      await addJournalEntry(db, now, SYSTEM, { action: 'bin-emptied', subject: episode, details: { title } });
    });
  }
}
