import { SAVED_PATH } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { renderPage } from './page.ts';

/** The page that the service worker shows instead of one that cannot be reached. */
export const OFFLINE_PATH = '/offline';

/**
 * `/saved`: what this device keeps for listening without a network. The browser fills it in; the server does
 * not know it.
 */
export async function saved(site: Site, request: PageRequest): Promise<SiteResponse> {
  const { texts } = request;
  return renderPage(site, request, {
    view: 'saved',
    path: SAVED_PATH,
    values: { title: texts.savedTitle, sentence: texts.savedExplained, isOffline: false },
    head: { title: texts.savedTitle, description: texts.savedExplained, hidden: true },
  });
}

/** `/offline`: says that there is no network, and shows what can be played without it. */
export async function offline(site: Site, request: PageRequest): Promise<SiteResponse> {
  const { texts } = request;
  return renderPage(site, request, {
    view: 'saved',
    path: OFFLINE_PATH,
    values: { title: texts.offlineTitle, sentence: texts.offlineSentence, isOffline: true },
    head: { title: texts.offlineTitle, description: texts.offlineSentence, hidden: true },
  });
}
