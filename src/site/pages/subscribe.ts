import { feedPath, HOME_PATH, SUBSCRIBE_PATH } from '../../model/addresses.ts';
import { appLinks } from '../head/feeds.ts';
import type { Visit } from '../page-request.ts';
import type { Answer } from '../response.ts';
import type { Site } from '../site.ts';
import { renderPage } from './page.ts';

/** `/subscribe`: the feeds' addresses, and how to hand them to an app. */
export async function subscribe(site: Site, visit: Visit): Promise<Answer> {
  return renderPage(site, visit, {
    view: 'subscribe',
    section: 'subscribe',
    path: SUBSCRIBE_PATH,
    values: {
      shows: visit.frame.shows,
      apps: appLinks(site.config.publicUrl + feedPath(HOME_PATH)),
    },
    head: { title: visit.texts.subscribeTitle, description: visit.texts.subscribeExplained },
  });
}
