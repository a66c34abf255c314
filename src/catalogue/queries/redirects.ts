import type { Kysely } from 'kysely';
import { episodePath, filePath, showPath, transcriptPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { isPublic } from '../../model/scheduling.ts';
import { TRANSCRIPT_FORMS } from '../../model/transcript.ts';
import { comparablePath } from '../public-path.ts';
import type { CatalogueTables } from '../schema.ts';
import { episodeByKey } from './episodes.ts';

type Db = Kysely<CatalogueTables>;

/** Finds the guid that a path stood for when it was last public. */
export type RememberedGuid = (path: string) => string | undefined;

const FEED = /\/feed\.(?:xml|json)$/;

const extensionOf = (file: string): string => /\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? '';
const stemOf = (file: string): string => file.slice(0, file.length - extensionOf(file).length);

/** The present address of the audio that an old path of the episode stood for, or of its page. */
function placeInEpisode(episode: Episode, path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const audio = episode.segments.filter((segment) => extensionOf(segment.file) === extensionOf(name));
  const same = audio.find((segment) => stemOf(segment.file) === stemOf(name));
  const segment = same ?? (audio.length === 1 ? audio[0] : undefined);
  return segment === undefined
    ? episodePath(episode.show, episode.slug)
    : filePath(episode.show, episode.slug, segment);
}

/** The present address of the segment with this guid: its audio, or its transcript when the path ended like one. */
function placeOfSegment(episode: Episode, guid: string, path: string): string {
  const segment = episode.segments.find((one) => one.guid === guid);
  if (segment === undefined) return episodePath(episode.show, episode.slug);
  const form = TRANSCRIPT_FORMS.find((each) => extensionOf(path) === `.${each}`);
  return segment.transcript === undefined || form === undefined
    ? filePath(episode.show, episode.slug, segment)
    : transcriptPath(episode.show, episode.slug, segment.transcript, form);
}

async function publicEpisode(db: Db, key: string, now: number): Promise<Episode | undefined> {
  const episode = await episodeByKey(db, key);
  return episode && isPublic(episode, now) ? episode : undefined;
}

async function namedInFrontMatter(db: Db, path: string, now: number): Promise<string | undefined> {
  const rows = await db
    .selectFrom('redirects')
    .select('key')
    .where('path', '=', path)
    .orderBy('key')
    .execute();
  for (const { key } of rows) {
    if (!key.includes('/')) return showPath(key);
    const episode = await publicEpisode(db, key, now);
    if (episode !== undefined) return placeInEpisode(episode, path);
  }
  return undefined;
}

async function presentPlace(db: Db, guid: string, path: string, now: number): Promise<string | undefined> {
  const show = await db
    .selectFrom('shows')
    .select('slug')
    .where('guid', '=', guid)
    .orderBy('slug')
    .executeTakeFirst();
  if (show !== undefined) return showPath(show.slug);
  const rows = await db
    .selectFrom('guids')
    .select(['key', 'position'])
    .where('guid', '=', guid)
    .orderBy('key')
    .orderBy('position')
    .execute();
  for (const { key } of rows) {
    const episode = await publicEpisode(db, key, now);
    if (episode === undefined) continue;
    const ofEpisode = episode.guid === guid && path.split('/').length <= 4;
    return ofEpisode ? episodePath(episode.show, episode.slug) : placeOfSegment(episode, guid, path);
  }
  return undefined;
}

/**
 * Returns the public address to which an old one leads: the `redirectFrom` of what is there now first, then what the
 * path stood for when it was last public. A feed's old address leads to the show's feed. Never to itself, never to
 * something the public may not see at `now`.
 */
export async function redirectFor(
  db: Db,
  address: string,
  remembered: RememberedGuid,
  now: number,
): Promise<string | undefined> {
  const path = comparablePath(address);
  const place = await directRedirect(db, path, remembered, now);
  if (place !== undefined) return place;
  const feed = FEED.exec(path)?.[0];
  if (feed === undefined) return undefined;
  const show = await directRedirect(db, path.slice(0, -feed.length), remembered, now);
  return show === undefined || !/^\/shows\/[^/]+$/.test(show) ? undefined : show + feed;
}

async function directRedirect(
  db: Db,
  path: string,
  remembered: RememberedGuid,
  now: number,
): Promise<string | undefined> {
  const named = await namedInFrontMatter(db, path, now);
  if (named !== undefined && comparablePath(named) !== path) return named;
  const guid = remembered(path);
  if (guid === undefined) return undefined;
  const place = await presentPlace(db, guid, path, now);
  return place === undefined || comparablePath(place) === path ? undefined : place;
}
