import { stat } from 'node:fs/promises';
import { makeEdition } from '../../delivery/delivery.ts';
import { momentPath } from '../../feeds/feeds.ts';
import {
  embedPath,
  episodePath,
  filePath,
  HOME_PATH,
  type PictureVariant,
  picturePath,
} from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { secondsOf } from '../../model/moment.ts';
import { errorOutcome, NotFound } from '../errors.ts';
import { placeParameters } from '../head/embed-code.ts';
import type { PageRequest } from '../page-request.ts';
import { madePicture } from '../resources/picture.ts';
import { REVALIDATE, redirectTo, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { viewHelpers } from '../view-helpers.ts';
import { findEpisode } from './episode.ts';
import { findShow } from './show.ts';

/**
 * The most bytes of the cover in a frame, so that the whole player stays under 30 KB. A heavier cover is
 * shown in its smallest size.
 */
const LIGHT = 14_000;

export const isEmbed = (path: string): boolean => path.startsWith('/embed/');

/** `/embed/:show/:episode`: the player of an episode for other sites' frames; `?segment=2`, `?t=754`. */
export async function embed(site: Site, request: PageRequest): Promise<SiteResponse> {
  const moved = await presentEmbed(site, request);
  if (moved !== undefined) return moved;
  const [show, episode] = await Promise.all([findShow(site, request), findEpisode(site, request)]);
  const place = askedPlace(request, episode);
  const segment = episode.segments[place.segment];
  if (segment === undefined) throw new NotFound('The episode has no sound');
  const address = request.link(
    embedPath(show.slug, episode.slug),
    placeParameters({ segment: place.segment }),
  );
  const page = site.config.publicUrl + request.link(episodePath(show.slug, episode.slug));
  const several = episode.segments.length > 1;
  const body = {
    view: 'embed',
    title: `${episode.title} · ${show.title}`,
    episode,
    show,
    segment,
    place,
    page,
    several,
    audio: filePath(show.slug, episode.slug, segment),
    cover: await lightCover(site, episode),
    chapters: segment.chapters.map((chapter) => ({
      ...chapter,
      href: request.link(
        ...split(momentPath({ episode, position: place.segment }, Math.floor(chapter.start))),
      ),
    })),
    segments: several
      ? episode.segments.map(({ title, seconds }, position) => ({
          title,
          seconds,
          current: position === place.segment,
          href: request.link(embedPath(show.slug, episode.slug), { segment: String(position + 1) }),
        }))
      : [],
  };
  return framed(site, request, body, { cacheKey: address });
}

/** Returns the page in the frame when there is nothing to play: a sentence, and a link to the station. */
export async function embedError(site: Site, request: PageRequest, error: unknown): Promise<SiteResponse> {
  const { status, kind, headers } = errorOutcome(error);
  const { texts } = request;
  const own: Partial<Record<typeof kind, string>> = {
    'not-found': texts.embedNotFound,
    gone: texts.embedGone,
  };
  const sentence = own[kind] ?? texts.errors[kind].sentence;
  const home = site.config.publicUrl + request.link(HOME_PATH);
  return framed(site, request, { view: 'embed-error', title: sentence, sentence, home }, { status, headers });
}

function framed(
  site: Site,
  request: PageRequest,
  values: { view: string; title: string } & Record<string, unknown>,
  {
    status = 200,
    headers = {},
    cacheKey,
  }: { status?: number; headers?: Record<string, string>; cacheKey?: string },
): SiteResponse {
  const helpers = viewHelpers(site, request);
  const body = site.views(`site/${values.view}`, { ...helpers, ...values });
  const { theme } = request.frame;
  const html = site.views('layouts/embed', {
    ...helpers,
    title: values.title,
    body,
    sheet: theme.embedSheet,
    favicon: theme.favicon,
    script: site.assets.path('embed.js'),
  });
  const resource = makeEdition({
    status,
    type: 'text/html; charset=utf-8',
    body: html,
    cacheControl: REVALIDATE,
    headers: { ...site.embedHeaders, ...headers },
  });
  return cacheKey === undefined ? { resource } : { resource, cacheKey };
}

/** Returns the redirect to the player of an episode that has another address now, if it has. */
async function presentEmbed(site: Site, request: PageRequest): Promise<SiteResponse | undefined> {
  const [show, slug] = [request.part('show'), request.part('episode')];
  if ((await site.catalogue.episodeOfAnyStatus(show, slug)) !== undefined) return undefined;
  const present = await site.catalogue.redirectFor(episodePath(show, slug));
  const [, name] = /^\/shows\/([^/]+\/[^/]+)$/.exec(present ?? '') ?? [];
  if (name === undefined) return undefined;
  const asked = { segment: request.query('segment'), t: request.query('t') };
  return redirectTo(301, request.link(`/embed/${name}`, asked));
}

/**
 * Returns the requested segment (from 0) and the time in it (seconds); the beginning if there is no such
 * place.
 */
function askedPlace(request: PageRequest, { segments }: Episode): { segment: number; seconds: number } {
  const number = Number(request.query('segment') ?? 1);
  const segment = segments[number - 1] === undefined ? 0 : number - 1;
  const seconds = secondsOf(request.query('t') ?? '') ?? 0;
  return { segment, seconds: seconds < (segments[segment]?.seconds ?? 0) ? seconds : 0 };
}

/** Returns the path and the parameters of an address like `/shows/a/b?segment=2&t=252`. */
function split(address: string): [string, Record<string, string>] {
  const [path = '', query = ''] = address.split('?');
  return [path, Object.fromEntries(new URLSearchParams(query))];
}

/** Returns the cover in the best size for a frame, if that is not too heavy, otherwise in the smallest. */
async function lightCover(
  site: Site,
  { cover }: Episode,
): Promise<{ avif: string; webp: string; side: number }> {
  const bytes = await weightOf(site, cover.id, '320.avif');
  const side = bytes !== undefined && bytes <= LIGHT ? 320 : 96;
  return {
    avif: picturePath(cover.id, `${side}.avif`),
    // The browsers that need WebP are few and old, so they get the smallest size.
    webp: picturePath(cover.id, '96.webp'),
    side,
  };
}

async function weightOf(site: Site, id: string, variant: PictureVariant): Promise<number | undefined> {
  try {
    return (await stat(await madePicture(site, id, variant))).size;
  } catch {
    // A cover that cannot be made now must not prevent listening.
    return undefined;
  }
}
