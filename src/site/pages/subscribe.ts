import { feedPath, HOME_PATH, SUBSCRIBE_PATH } from '../../model/addresses.ts';
import { appLinks } from '../head/feeds.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { renderPage } from './page.ts';

/** `/subscribe`: the feeds' addresses, and how to hand them to an app. */
export async function subscribe(site: Site, request: PageRequest): Promise<SiteResponse> {
  return renderPage(site, request, {
    view: 'subscribe',
    section: 'subscribe',
    path: SUBSCRIBE_PATH,
    values: {
      shows: request.frame.shows,
      apps: appLinks(site.config.publicUrl + feedPath(HOME_PATH)),
    },
    head: { title: request.texts.subscribeTitle, description: request.texts.subscribeExplained },
  });
}
