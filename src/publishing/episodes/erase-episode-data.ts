import { z } from 'zod';
import { fileFingerprint } from '../../audio/fingerprint.ts';
import { NotPicture, PictureTooLarge } from '../../images/picture-errors.ts';
import { cardFolder } from '../../images/picture-id.ts';
import { inspectPicture } from '../../images/picture-source.ts';
import type { Episode } from '../../model/episode.ts';
import { isAudioName, isPictureName } from '../../model/file-kinds.ts';
import { isUuid } from '../../model/guid.ts';
import { dateInName, dateWithOffset, instantOf } from '../../model/station-time.ts';
import type { Db } from '../../records/records.ts';
import type { PublishingContext } from '../context.ts';
import { currentStation, type EpisodeReading, readFolder, readIfReadable } from '../folders/folders.ts';

const names = z.array(z.string());
const shape = z.object({
  guid: z.string(),
  segments: names,
  /** Every guid that it has or had. */
  guids: names,
  date: z.string(),
  redirectFrom: names,
  language: z.string(),
  /** Keys that its folder has or had. */
  keys: names,
  drafts: names,
  uploads: names,
  binned: names,
  /** Fingerprints of its sounds. */
  fingerprints: names,
  /** Ids of pictures that are its alone. */
  pictures: names,
});

/** Everything that is kept of an episode, and where. */
export type EpisodeData = z.output<typeof shape>;

const nameOf = (episode: string): string => `withdrawing:${episode}`;

/** Returns everything that is kept of an episode. What was found is recorded until all of it is gone. */
export async function findEpisodeData(context: PublishingContext, episode: string): Promise<EpisodeData> {
  const { db } = context.records;
  const name = nameOf(episode);
  const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst();
  const known = row && shape.parse(JSON.parse(row.value));
  const found = await gathered(context, episode, known);
  const value = JSON.stringify(found);
  await db
    .insertInto('facts')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
  return found;
}

export async function eraseEpisodeRows(db: Db, episode: string): Promise<void> {
  await db.deleteFrom('facts').where('name', '=', nameOf(episode)).execute();
}

async function gathered(
  context: PublishingContext,
  episode: string,
  known: EpisodeData | undefined,
): Promise<EpisodeData> {
  const [show = '', slug = ''] = episode.split('/');
  const folder = await readFolder(context.archive, episode);
  const reading = folder && (await readIfReadable(context, folder)).reading;
  const indexed = await context.catalogue.episodeOfAnyStatus(show, slug);
  const station = await currentStation(context);
  const redirectFrom = reading?.values.redirectFrom ?? known?.redirectFrom ?? indexed?.redirectFrom ?? [];
  const keys = union([episode], redirectFrom.flatMap(keyOfPath), known?.keys);
  const guid = known?.guid ?? reading?.guids.episode ?? indexed?.guid ?? crypto.randomUUID();
  const segments = union(known?.segments, reading?.guids.segments, guidsIn(reading), segmentGuids(indexed));
  const guids = union(known?.guids, [guid], segments, indexed ? [indexed.guid] : []);
  const rows = await rowsOf(context.records.db, keys, guids);
  const files = folder?.files ?? [];
  return {
    guid,
    segments,
    guids,
    redirectFrom,
    keys,
    language: station.language,
    date: known?.date ?? dateOf(reading, indexed, slug, station.timezone, context.now()),
    drafts: union(known?.drafts, rows.drafts, guids.filter(isUuid)),
    uploads: union(known?.uploads, rows.uploads),
    binned: union(known?.binned, rows.binned),
    fingerprints: union(
      known?.fingerprints,
      indexed?.segments.map(({ fingerprint }) => fingerprint),
      await fingerprintsOf(context, episode, files),
    ),
    pictures: union(known?.pictures, [cardFolder(guid)], await picturesOf(context, episode, files, indexed)),
  };
}

const union = (...lists: (readonly string[] | undefined)[]): string[] => [
  ...new Set(lists.flatMap((list) => list ?? [])),
];

/** The segments of an episode that was withdrawn before are known from its front matter alone. */
const guidsIn = (reading: EpisodeReading | undefined): string[] =>
  (reading?.values.segments ?? []).flatMap(({ guid }) => guid ?? []);
const segmentGuids = (episode: Episode | undefined): string[] =>
  (episode?.segments ?? []).map(({ guid }) => guid);

function dateOf(
  reading: EpisodeReading | undefined,
  indexed: Episode | undefined,
  slug: string,
  timezone: string,
  now: number,
): string {
  const written = reading?.values.date;
  // With an invalid date the withdrawn text would be rejected and the last good state would stay.
  if (written !== undefined && instantOf(written, timezone) !== undefined) return written;
  return indexed === undefined
    ? (dateInName(slug) ?? dateWithOffset(now, timezone))
    : dateWithOffset(indexed.publishedAt, timezone);
}

/** `/shows/stacca/2025-moment` → `stacca/2025-moment`. */
function keyOfPath(path: string): string[] {
  const [, show, slug] = /^\/shows\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  return show === undefined || slug === undefined ? [] : [decodeURI(`${show}/${slug}`)];
}

async function rowsOf(db: Db, keys: string[], guids: string[]) {
  const open = await db.selectFrom('drafts').select('id').where('episode', 'in', keys).execute();
  const noted = await db.selectFrom('journal').select('details_json').where('subject', 'in', keys).execute();
  const drafts = [
    ...open.map(({ id }) => id),
    ...noted.flatMap(({ details_json }) => /"draft":"([0-9a-f-]{36})"/.exec(details_json)?.[1] ?? []),
  ];
  const uploads = await db.selectFrom('uploads').select('id').where('draft_id', 'in', drafts).execute();
  const binned = await db.selectFrom('bin').select('id').where('guid', 'in', guids).execute();
  return { drafts, uploads: uploads.map(({ id }) => id), binned: binned.map(({ id }) => id) };
}

async function fingerprintsOf(
  { archive }: PublishingContext,
  episode: string,
  files: string[],
): Promise<string[]> {
  const paths = await Promise.all(
    files.filter(isAudioName).map((name) => archive.localPath(`${episode}/${name}`)),
  );
  return Promise.all(paths.flatMap((path) => (path === undefined ? [] : [fileFingerprint(path)])));
}

async function picturesOf(
  { archive, catalogue }: PublishingContext,
  episode: string,
  files: string[],
  indexed: Episode | undefined,
): Promise<string[]> {
  const ids = indexed === undefined ? [] : [indexed.cover.id];
  for (const name of files.filter(isPictureName)) {
    const picture = await inspectPicture(await archive.read(`${episode}/${name}`)).catch((error: unknown) => {
      if (error instanceof NotPicture || error instanceof PictureTooLarge) return undefined;
      throw error;
    });
    if (picture !== undefined) ids.push(picture.id);
  }
  const own: string[] = [];
  for (const id of new Set(ids)) {
    const origin = (await catalogue.picture(id))?.origin;
    const isAnothers =
      origin !== undefined && (origin.from === 'drawing' || !origin.fileKey.startsWith(`${episode}/`));
    if (!isAnothers) own.push(id);
  }
  return own;
}
