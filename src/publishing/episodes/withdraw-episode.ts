import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { JobHandler } from '../../jobs/job.ts';
import { waveformPath } from '../../listening/waveform-path.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry } from '../../records/journal.ts';
import { actorPayload, actorPayloadShape } from '../actor.ts';
import type { PublishingContext } from '../context.ts';
import { binIn, removeKept } from '../data-files.ts';
import { forgetDraftFolder } from '../drafts/drafts.ts';
import { bundleAt, readFolder, writeText } from '../folders/folders.ts';
import { assertMayPublish, showOf } from '../permissions.ts';
import { retryMachineProblem } from '../retry-later.ts';
import { type EpisodeData, eraseEpisodeRows, findEpisodeData } from './erase-episode-data.ts';
import { withdrawnText } from './withdrawn-text.ts';

/**
 * Adds the job that withdraws an episode everywhere, for good. Throws `Refused`: `not-allowed`, `not-found`.
 */
export async function withdrawEpisode(
  context: PublishingContext,
  actor: Actor,
  episode: string,
): Promise<number> {
  assertMayPublish(actor, showOf(episode));
  if ((await bundleAt(context.archive, episode))?.kind !== 'episode') throw new Refused('not-found');
  return context.jobs.add('withdraw', episode, actorPayload(actor));
}

const payloadShape = z.object(actorPayloadShape);

/**
 * Returns the job that withdraws an episode. It first records all that has to go, so that it can go on after
 * a crash; then it removes the folder, and then everything that is kept elsewhere.
 */
export function withdrawJob(context: PublishingContext): JobHandler {
  return async ({ subject: episode, payload, report }) => {
    const { by } = payloadShape.parse(payload);
    report('removing', 0);
    const data = await findEpisodeData(context, episode);
    try {
      await leaveWithdrawnText(context, episode, data);
    } catch (error) {
      throw retryMachineProblem(error);
    }
    report('removing', 0.3);
    await removeFiles(context, data);
    report('removing', 0.8);
    await context.records.write(async (db) => {
      await removeRows(db, data, context.now());
      await eraseEpisodeRows(db, episode);
      await addJournalEntry(db, context.now(), by, { action: 'episode-withdrawn', subject: episode });
    });
    // Deleted data is overwritten in the database file (secure_delete), and must not stay in its log either.
    await sql`pragma wal_checkpoint(truncate)`.execute(context.records.db);
    return {};
  };
}

/** Removes the whole folder and makes it anew with the withdrawn text alone. */
async function leaveWithdrawnText(
  { archive }: PublishingContext,
  episode: string,
  data: EpisodeData,
): Promise<void> {
  const text = withdrawnText(data);
  const present = await readFolder(archive, episode);
  if (present?.text === text && present.files.length === 1) return;
  await archive.remove(episode);
  await writeText(archive, episode, 'episode.md', text);
}

async function removeFiles(context: PublishingContext, data: EpisodeData): Promise<void> {
  const { dataDir, uploads, jobs } = context;
  for (const { id, state } of await jobs.ofSubjects([...data.drafts, ...data.uploads]))
    if (state === 'waiting' || state === 'running') await jobs.cancel(id);
  for (const draft of data.drafts) await uploads.purge(draft);
  await removeKept(dataDir, data.drafts);
  for (const fingerprint of data.fingerprints) await rm(waveformPath(dataDir, fingerprint), { force: true });
  for (const id of data.pictures) await rm(join(dataDir, 'pictures', id), { recursive: true, force: true });
  for (const id of data.binned) await rm(join(binIn(dataDir), id), { recursive: true, force: true });
}

async function removeRows(
  db: PublishingContext['records']['db'],
  data: EpisodeData,
  now: number,
): Promise<void> {
  const { guids, drafts, uploads, keys, binned } = data;
  for (const guid of guids)
    await db
      .insertInto('spent_guids')
      .values({ guid, at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await db
    .deleteFrom('versions')
    .where('guid', 'in', [...guids, ...drafts])
    .execute();
  await db.deleteFrom('drafts').where('id', 'in', drafts).execute();
  for (const draft of drafts) await forgetDraftFolder(db, draft);
  await db.deleteFrom('bin').where('id', 'in', binned).execute();
  await db.deleteFrom('uploads').where('draft_id', 'in', drafts).execute();
  const subjects = [...keys, ...drafts, ...uploads, ...binned];
  await db.updateTable('journal').set({ details_json: '{}' }).where('subject', 'in', subjects).execute();
  await db
    .deleteFrom('jobs')
    .where('subject', 'in', subjects)
    .where('state', 'in', ['done', 'failed', 'cancelled'])
    .execute();
}
