import type { EpisodeFilter } from '../../catalogue/catalogue.ts';
import { makeEdition } from '../../delivery/delivery.ts';
import {
  FEED_LIMIT,
  type FeedChannel,
  jsonFeed,
  newestArchivePage,
  opml,
  rssFeed,
  takeNewest,
} from '../../feeds/feeds.ts';
import {
  categoryPath,
  feedArchivePath,
  feedPath,
  HOME_PATH,
  OPML_PATH,
  personPath,
  showPath,
  tagPath,
} from '../../model/addresses.ts';
import type { Station } from '../../model/station.ts';
import { siteTexts } from '../../texts/site-texts.ts';
import { NotFound, NotReadyYet } from '../errors.ts';
import type { PageRequest } from '../page-request.ts';
import { findCounted } from '../pages/counted.ts';
import { findPerson } from '../pages/people.ts';
import { findShow } from '../pages/show.ts';
import { REVALIDATE, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

const RSS = 'application/rss+xml; charset=utf-8';
const JSON_FEED = 'application/feed+json; charset=utf-8';
const OPML = 'text/x-opml; charset=utf-8';
/** Items of one archive page (RFC 5005). */
const ARCHIVE_PAGE_SIZE = 200;

/** The subject of a feed: its channel, still without an address, and the choice of its episodes. */
type Subject = {
  channel: Omit<FeedChannel, 'selfPath' | 'place'>;
  filter: EpisodeFilter;
  /** Older items have pages of their own. */
  archived: boolean;
};

type FindSubject = (site: Site, request: PageRequest) => Promise<Subject>;

/** `/feed.xml` */
export const stationSubject: FindSubject = async (site) => {
  const station = await findStation(site);
  const { title, description } = station;
  return {
    channel: { station, title, description, origin: site.config.publicUrl, sitePath: HOME_PATH },
    filter: {},
    archived: true,
  };
};

/** `/shows/:show/feed.xml` */
export const showSubject: FindSubject = async (site, request) => {
  const [station, show] = await Promise.all([findStation(site), findShow(site, request)]);
  const { title, description } = show;
  return {
    channel: {
      station,
      show,
      title,
      description,
      origin: site.config.publicUrl,
      sitePath: showPath(show.slug),
    },
    filter: { show: show.slug },
    archived: true,
  };
};

/** `/tags/:tag/feed.xml` */
export const tagSubject: FindSubject = async (site, request) => {
  const found = findCounted(await site.catalogue.tags(request.now), request.part('tag'));
  const title = siteTexts(request.frame.defaultLanguage).tagTitle(found.name);
  return viewOfStation(site, title, tagPath(found.slug), { tag: found.slug });
};

/** `/categories/:category/feed.xml` */
export const categorySubject: FindSubject = async (site, request) => {
  const found = findCounted(await site.catalogue.categories(request.now), request.part('category'));
  const title = siteTexts(request.frame.defaultLanguage).categoryTitle(found.name);
  return viewOfStation(site, title, categoryPath(found.slug), { category: found.slug });
};

/** `/people/:person/feed.xml` */
export const personSubject: FindSubject = async (site, request) => {
  const { label } = await findPerson(site, request);
  if (label.count === 0) throw new NotFound('Nobody of this name is heard in a public episode');
  const title = siteTexts(request.frame.defaultLanguage).personTitle(label.name);
  return viewOfStation(site, title, personPath(label.slug), { person: label.slug });
};

async function viewOfStation(
  site: Site,
  name: string,
  sitePath: string,
  filter: EpisodeFilter,
): Promise<Subject> {
  const station = await findStation(site);
  const title = `${station.title}. ${name}`;
  const { description } = station;
  return {
    channel: { station, title, description, origin: site.config.publicUrl, sitePath },
    filter,
    archived: false,
  };
}

async function findStation(site: Site): Promise<Station> {
  const station = await site.catalogue.station();
  if (station === undefined) throw new NotReadyYet('The station has not been read yet');
  return station;
}

/** Returns the handler of a subject's RSS feed: the newest items, with a way to the older ones. */
export function rss(findSubject: FindSubject) {
  return async (site: Site, request: PageRequest): Promise<SiteResponse> => {
    const { channel, filter, archived } = await findSubject(site, request);
    const [newest, total] = await Promise.all([
      site.catalogue.feedEntries(filter, { limit: FEED_LIMIT.items }, request.now),
      site.catalogue.countFeedEntries(filter, request.now),
    ]);
    const entries = takeNewest(newest);
    const older = newestArchivePage({ total, carried: entries.length, size: ARCHIVE_PAGE_SIZE });
    const previousPath = archived && older > 0 ? feedArchivePath(channel.sitePath, older) : undefined;
    const selfPath = feedPath(channel.sitePath);
    const place: FeedChannel['place'] = older === 0 ? { kind: 'complete' } : { kind: 'newest', previousPath };
    return feedAnswer(RSS, selfPath, rssFeed({ ...channel, selfPath, place }, entries));
  };
}

/** Returns the handler of one page of a feed's archive (RFC 5005, section 4). */
export function rssArchive(findSubject: FindSubject) {
  return async (site: Site, request: PageRequest): Promise<SiteResponse> => {
    const { channel, filter } = await findSubject(site, request);
    const number = Number(request.part('page'));
    const page = { number, size: ARCHIVE_PAGE_SIZE };
    const { entries, pages } = await site.catalogue.feedArchivePage(filter, page, request.now);
    if (number > pages) throw new NotFound('The archive has no such page');
    const pathOf = (other: number) => feedArchivePath(channel.sitePath, other);
    const place: FeedChannel['place'] = {
      kind: 'archive',
      currentPath: feedPath(channel.sitePath),
      previousPath: number > 1 ? pathOf(number - 1) : undefined,
      nextPath: number < pages ? pathOf(number + 1) : undefined,
    };
    const selfPath = pathOf(number);
    return feedAnswer(RSS, selfPath, rssFeed({ ...channel, selfPath, place }, entries));
  };
}

/** Returns the handler of a subject's JSON Feed. */
export function json(findSubject: FindSubject) {
  return async (site: Site, request: PageRequest): Promise<SiteResponse> => {
    const { channel, filter } = await findSubject(site, request);
    const entries = takeNewest(
      await site.catalogue.feedEntries(filter, { limit: FEED_LIMIT.items }, request.now),
    );
    const selfPath = feedPath(channel.sitePath, 'feed.json');
    return feedAnswer(JSON_FEED, selfPath, jsonFeed({ ...channel, selfPath }, entries));
  };
}

/** `/opml.xml`: every feed, for apps that import lists. */
export async function subscriptions(site: Site, request: PageRequest): Promise<SiteResponse> {
  const station = await findStation(site);
  const body = opml(station, request.frame.shows, site.config.publicUrl);
  return feedAnswer(OPML, OPML_PATH, body);
}

function feedAnswer(type: string, path: string, body: string): SiteResponse {
  const resource = makeEdition({ type, body, cacheControl: REVALIDATE, crossOrigin: true });
  return { resource, cacheKey: path };
}
