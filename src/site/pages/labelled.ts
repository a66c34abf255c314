import type { Counted, EpisodeFilter } from '../../catalogue/catalogue.ts';
import { feedPath } from '../../model/addresses.ts';
import { rssLink } from '../head/feeds.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** What a page of episodes under one label (a tag, a category) is about. */
export type Labelled = {
  label: Counted;
  path: string;
  filter: EpisodeFilter;
  kicker: string;
  kickerPath: string;
  title: string;
};

/** Returns the page of the episodes that carry a label, newest first, with its feed. */
export async function labelledPage(
  site: Site,
  request: PageRequest,
  labelled: Labelled,
): Promise<SiteResponse> {
  const { label, path, filter, kicker, kickerPath, title } = labelled;
  const listing = await listEpisodes(site, request, filter, path);
  return renderPage(site, request, {
    view: 'list',
    section: 'archive',
    path,
    parameters: { before: listing.before },
    values: { kicker, kickerPath, title: label.name, count: label.count, feed: feedPath(path), ...listing },
    head: { title, description: title, feeds: rssLink(path, title) },
  });
}
