import { makeEdition } from '../../delivery/delivery.ts';
import { type HeadedPage, pageHead } from '../head/head.ts';
import type { PageRequest } from '../page-request.ts';
import { REVALIDATE, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { viewHelpers } from '../view-helpers.ts';

/** A page about to be rendered. */
export type Page = HeadedPage & {
  /** The template in views/site. */
  view: string;
  /** What the template shows, besides the view helpers of all templates. */
  values: object;
  /** The entry of the navigation that this page belongs to. */
  section?: 'home' | 'shows' | 'archive' | 'subscribe' | 'search';
  status?: number;
  headers?: Record<string, string>;
  /** Whether delivery may hold it; yes if left out. */
  held?: boolean;
};

/**
 * Returns the page as an edition in the request's language, with its head and the headers that protect it.
 */
export function renderPage(site: Site, request: PageRequest, page: Page): SiteResponse {
  const helpers = viewHelpers(site, request);
  const address = request.link(page.path, page.parameters);
  const head = pageHead(site, request, page);
  const body = site.views(`site/${page.view}`, { ...helpers, ...page.values });
  const html = site.views('layouts/site', { ...helpers, head, body, section: page.section, address });
  const resource = makeEdition({
    ...(page.status === undefined ? {} : { status: page.status }),
    type: 'text/html; charset=utf-8',
    body: html,
    cacheControl: REVALIDATE,
    headers: { ...site.pageHeaders, ...page.headers },
  });
  return page.held === false ? { resource } : { resource, cacheKey: address };
}
