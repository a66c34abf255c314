import { errorOutcome } from '../errors.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { renderPage } from './page.ts';

const OFFERED = 5;

/**
 * Returns the page of an error: a sentence that says what happened, and links to other pages where something
 * is missing. It never shows a stack trace.
 */
export async function errorPage(site: Site, request: PageRequest, error: unknown): Promise<SiteResponse> {
  const { status, kind, headers } = errorOutcome(error);
  const { title, sentence } = request.texts.errors[kind];
  const missing = status === 404 || status === 410;
  const cards = missing ? (await site.catalogue.cards({}, { limit: OFFERED }, request.now)).items : [];
  return renderPage(site, request, {
    view: 'error',
    path: request.path,
    status,
    headers,
    held: false,
    values: { status, title, sentence, cards, searchable: missing },
    head: { title, description: sentence, hidden: true },
  });
}
