import { makeEdition } from '../../delivery/delivery.ts';
import { HOME_PATH, PICTURE_SIZES, picturePath, showPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { momentOf, secondsOf } from '../../model/moment.ts';
import { isPublic } from '../../model/scheduling.ts';
import type { Show } from '../../model/show.ts';
import type { Picture } from '../../model/station.ts';
import { languageOfTag } from '../../texts/languages.ts';
import { siteTexts } from '../../texts/site-texts.ts';
import { embedAddress, embedCode, embedFrameSize, type Place } from '../head/embed-code.ts';
import { escapeHtml } from '../head/escape.ts';
import { linkIn } from '../links.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

/** How long others may keep an answer (s): short enough that a withdrawn episode is soon gone there, too. */
const CACHE_AGE = 86_400;
/** Enough characters for the percent-encoded names of a show and an episode on a long host. */
const LONGEST_ADDRESS = 4096;

type Format = 'json' | 'xml';
type Value = string | number;

/** `/oembed?url=&format=&maxwidth=&maxheight=`: how another site shows an episode (oembed.com, section 2). */
export async function oembed(site: Site, request: PageRequest): Promise<SiteResponse> {
  const { texts } = request;
  const format = formatOf(request.query('format'));
  if (format === undefined) return refusal(501, texts.oembedFormat);
  const url = request.query('url', LONGEST_ADDRESS);
  if (url === undefined) return refusal(400, texts.oembedNoAddress);
  const asked = pageAsked(url, site.config.publicUrl);
  const found = asked && (await publicEpisode(site, request, asked));
  if (asked === undefined || found === undefined) return refusal(404, texts.oembedNothing);
  const limits = {
    width: pixels(request.query('maxwidth')),
    height: pixels(request.query('maxheight')),
  };
  const answer = answerFor(site, request, found, asked, limits);
  const body = format === 'json' ? JSON.stringify(answer) : xmlOf(answer);
  const type = format === 'json' ? 'application/json' : 'text/xml';
  return {
    resource: makeEdition({
      type: `${type}; charset=utf-8`,
      body,
      cacheControl: 'public, max-age=300',
      crossOrigin: true,
    }),
  };
}

function formatOf(asked = 'json'): Format | undefined {
  return asked === 'json' || asked === 'xml' ? asked : undefined;
}

function refusal(status: 400 | 404 | 501, sentence: string): SiteResponse {
  return {
    resource: makeEdition({
      status,
      type: 'text/plain; charset=utf-8',
      body: `${sentence}\n`,
      cacheControl: 'no-store',
      crossOrigin: true,
    }),
  };
}

function pixels(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

type Asked = { show: string; slug: string; place: Place; language?: string };

/**
 * Returns the episode of ours that an address names, and the place in it; `undefined` for everything else.
 */
function pageAsked(text: string, origin: string): Asked | undefined {
  const url = URL.parse(text);
  const isOurs =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.host === new URL(origin).host &&
    url.username === '' &&
    url.password === '';
  if (!isOurs) return undefined;
  const [, show, slug] = /^\/(?:shows|embed)\/([^/]+)\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (show === undefined || slug === undefined) return undefined;
  const inHash = new URLSearchParams(url.hash.slice(1));
  const segment = Number(url.searchParams.get('segment') ?? inHash.get('segment') ?? 1);
  const time = url.searchParams.get('t');
  const seconds = time === null ? momentOf(url.hash) : secondsOf(time);
  const language = url.searchParams.get('lang') ?? undefined;
  try {
    return {
      show: decodeURIComponent(show),
      slug: decodeURIComponent(slug),
      place: { segment: Number.isInteger(segment) && segment > 0 ? segment - 1 : 0, seconds },
      ...(language === undefined ? {} : { language }),
    };
  } catch {
    // An address with a stray percent sign is none of ours.
    return undefined;
  }
}

type Found = { show: Show; episode: Episode };

async function publicEpisode(
  site: Site,
  request: PageRequest,
  asked: Asked,
  again = false,
): Promise<Found | undefined> {
  const [show, episode] = await Promise.all([
    site.catalogue.show(asked.show),
    site.catalogue.episodeOfAnyStatus(asked.show, asked.slug),
  ]);
  if (show !== undefined && episode !== undefined)
    return isPublic(episode, request.now) ? { show, episode } : undefined;
  if (again) return undefined;
  // A former address keeps its player.
  const present = await site.catalogue.redirectFor(`/shows/${asked.show}/${asked.slug}`);
  const moved =
    present === undefined ? undefined : pageAsked(site.config.publicUrl + present, site.config.publicUrl);
  return moved === undefined ? undefined : publicEpisode(site, request, moved, true);
}

function answerFor(
  site: Site,
  { frame }: PageRequest,
  { show, episode }: Found,
  { place, language = '' }: Asked,
  limits: { width: number; height: number },
): Record<string, Value> {
  const { publicUrl } = site.config;
  const spoken = languageOfTag(language) ?? frame.defaultLanguage;
  const link = linkIn(spoken, frame.defaultLanguage);
  const segment = place.segment < episode.segments.length ? place.segment : 0;
  const size = embedFrameSize(episode);
  const width = Math.min(size.width, limits.width);
  const height = Math.min(size.height, limits.height);
  const address = embedAddress(publicUrl, link, episode, { ...place, segment });
  // Without a requested width it fills the width of its container.
  const code = embedCode(address, siteTexts(spoken).player(episode.title), {
    width: limits.width === Number.POSITIVE_INFINITY ? '100%' : width,
    height,
  });
  return {
    version: '1.0',
    type: 'rich',
    title: episode.title,
    author_name: show.title,
    author_url: publicUrl + link(showPath(show.slug)),
    provider_name: frame.station.title,
    provider_url: publicUrl + HOME_PATH,
    cache_age: CACHE_AGE,
    width,
    height,
    html: code,
    ...thumbnail(publicUrl, episode.cover, limits),
  };
}

/**
 * Returns the largest square of the cover within the limits, which hold for it, too; nothing if none is small
 * enough.
 */
function thumbnail(
  origin: string,
  cover: Picture,
  limits: { width: number; height: number },
): Record<string, Value> {
  const most = Math.min(640, limits.width, limits.height);
  const full = Math.max(cover.width, cover.height);
  const size = PICTURE_SIZES.findLast((each) => Math.min(each, full) <= most);
  if (size === undefined) return {};
  // A smaller picture is not enlarged.
  const side = Math.min(size, full);
  return {
    thumbnail_url: origin + picturePath(cover.id, `${size}.jpg`),
    thumbnail_width: side,
    thumbnail_height: side,
  };
}

// Characters outside the range of XML 1.0 (section 2.2), which no reference can express either.
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function xmlOf(answer: Record<string, Value>): string {
  const elements = Object.entries(answer).map(
    ([name, value]) => `<${name}>${escapeHtml(String(value).replace(ILLEGAL, ''))}</${name}>`,
  );
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${elements.join('')}</oembed>\n`;
}
