import { feedPath, SHOWS_PATH, showPath } from '../../model/addresses.ts';
import type { Show } from '../../model/show.ts';
import { NotFound } from '../errors.ts';
import { appLinks, feedLinks } from '../head/feeds.ts';
import { showJsonLd } from '../head/json-ld.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** `/shows`: every show by its cover. */
export async function shows(site: Site, request: PageRequest): Promise<SiteResponse> {
  const { station } = request.frame;
  return renderPage(site, request, {
    view: 'shows',
    section: 'shows',
    path: SHOWS_PATH,
    values: { shows: request.frame.shows },
    head: { title: request.texts.theShows, description: station.description },
  });
}

/** `/shows/:show`: its description, how to follow it, its episodes. */
export async function show(site: Site, request: PageRequest): Promise<SiteResponse> {
  const show = await findShow(site, request);
  const path = showPath(show.slug);
  const filter = { show: show.slug };
  const [listing, count] = await Promise.all([
    listEpisodes(site, request, filter, path),
    site.catalogue.countEpisodes(filter, request.now),
  ]);
  return renderPage(site, request, {
    view: 'show',
    section: 'shows',
    path,
    parameters: { before: listing.before },
    values: { show, count, apps: appLinks(site.config.publicUrl + feedPath(path)), ...listing },
    head: {
      title: show.title,
      description: show.description,
      picture: show.cover,
      feeds: feedLinks(path, show.title),
      jsonLd: showJsonLd(site.config.publicUrl, show),
      ...(listing.olderPath === undefined ? {} : { next: listing.olderPath }),
    },
  });
}

/** Returns the show that the address names. Throws `NotFound`. */
export async function findShow(site: Site, request: PageRequest): Promise<Show> {
  const show = await site.catalogue.show(request.part('show'));
  if (show === undefined) throw new NotFound('There is no such show');
  return show;
}
