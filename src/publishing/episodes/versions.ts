import { FrontMatterBroken, parseFrontMatter, withKeys } from '../../model/front-matter/front-matter.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { PublishingContext } from '../context.ts';
import {
  assertIdle,
  type EpisodeFolder,
  episodeFolder,
  type FolderText,
  folderAt,
  keepVersion,
  noteFolderText,
  replaceText,
  versionTexts,
  writeTextOver,
} from '../folders/folders.ts';
import { assertMayPublish, assertMaySee, assertMayWrite, showOf } from '../permissions.ts';
import type { DiffPart, Version } from '../publishing.ts';
import { textDifference } from './text-difference.ts';

/** Returns every text that the episode had, newest first, those written by hand included. */
export async function listVersions(
  context: PublishingContext,
  actor: Actor,
  episode: string,
): Promise<Version[]> {
  assertMaySee(actor, showOf(episode));
  const { guid } = await presentEpisode(context, episode);
  const rows = await context.records.db
    .selectFrom('versions')
    .select(['id', 'at', 'by_name', 'reason', 'hash'])
    .where('guid', '=', guid)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ by_name, ...row }) => ({ ...row, byName: by_name }));
}

/**
 * Returns the difference between two versions, or between a version and the present text. Throws `Refused`
 * (`not-found`).
 */
export async function versionDifference(
  context: PublishingContext,
  actor: Actor,
  episode: string,
  from: number,
  to: number | undefined,
): Promise<DiffPart[]> {
  assertMaySee(actor, showOf(episode));
  const { folder, guid } = await presentEpisode(context, episode);
  const texts = await versionTexts(context.records.db, guid, to === undefined ? [from] : [from, to]);
  const before = texts.get(from);
  const after = to === undefined ? folder.text : texts.get(to);
  if (before === undefined || after === undefined) throw new Refused('not-found');
  return textDifference(before, after);
}

/**
 * Writes an earlier text back. Guids, status and segments stay as they are now. Throws `Refused`.
 */
export async function restoreVersion(
  context: PublishingContext,
  actor: Actor,
  episode: string,
  version: number,
): Promise<void> {
  const show = showOf(episode);
  assertMayWrite(actor, show);
  const { folder, reading, guid } = await presentEpisode(context, episode);
  const text = (await versionTexts(context.records.db, guid, [version])).get(version);
  if (text === undefined) throw new Refused('not-found');
  if ((reading?.values.status ?? 'published') === 'published') assertMayPublish(actor, show);
  const details = { title: reading?.content.title ?? '', version: String(version) };
  const entry = { action: 'version-restored', subject: episode, details };
  if (reading !== undefined) {
    const restored = withPresentState(text, folder.text, reading.guids.episode);
    const change = { text: restored, by: actor, entry, reason: 'restore', keepsDraft: false } as const;
    return replaceText(context, { ...folder, reading }, change);
  }
  // The present text cannot be read, so there is nothing to keep.
  await assertIdle(context, episode);
  await writeTextOver(context, { key: episode, file: 'episode.md', hash: folder.hash }, text);
  await context.records.write(async (db) => {
    const at = context.now();
    await keepVersion(db, { guid, text: folder.text, at, reason: 'folder' });
    await keepVersion(db, { guid, text, at, by: actor, reason: 'restore' });
    await addJournalEntry(db, at, actor, entry);
  });
}

const STATE = ['guid', 'status', 'segments', 'redirectFrom', 'date'];

function withPresentState(text: string, present: string, guid: string): string {
  const { data } = parseFrontMatter(present);
  const keys = Object.fromEntries(STATE.map((key) => [key, data[key] ?? undefined]));
  try {
    return withKeys(text, { ...keys, guid: data.guid ?? guid });
  } catch (error) {
    if (!(error instanceof FrontMatterBroken)) throw error;
    throw new Refused('value-wrong', { field: 'episode.md', reason: error.message }, { cause: error });
  }
}

type PresentEpisode = { folder: FolderText; reading?: EpisodeFolder['reading']; guid: string };

/**
 * Returns the episode's folder, keeping its text if nobody here wrote it; also if its front matter cannot be
 * read, since an earlier version is what is wanted then.
 */
async function presentEpisode(context: PublishingContext, episode: string): Promise<PresentEpisode> {
  try {
    const folder = await episodeFolder(context, episode);
    const guid = folder.reading.guids.episode;
    await noteIfUnknown(context, folder, guid);
    return { folder, reading: folder.reading, guid };
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'value-wrong') throw error;
    const [show = '', slug = ''] = episode.split('/');
    const indexed = await context.catalogue.episodeOfAnyStatus(show, slug);
    const [single] = indexed?.segments.length === 1 ? indexed.segments : [];
    const guid = single?.guid ?? indexed?.guid;
    if (guid === undefined) throw error;
    return { folder: await folderAt(context.archive, episode), guid };
  }
}

/** Looked up before writing, since a page of versions is asked for often and seldom finds a new one. */
async function noteIfUnknown(
  { records, now }: PublishingContext,
  folder: EpisodeFolder,
  guid: string,
): Promise<void> {
  const newest = await records.db
    .selectFrom('versions')
    .select('hash')
    .where('guid', '=', guid)
    .where('reason', '<>', 'conflict')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest?.hash !== folder.hash) await records.write((db) => noteFolderText(db, folder, now()));
}
