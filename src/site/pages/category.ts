import { ARCHIVE_PATH, categoryPath } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { findCounted } from './counted.ts';
import { labelledPage } from './labelled.ts';

/** `/categories/:category`: its episodes, newest first. */
export async function category(site: Site, request: PageRequest): Promise<SiteResponse> {
  const label = findCounted(await site.catalogue.categories(request.now), request.part('category'));
  return labelledPage(site, request, {
    label,
    path: categoryPath(label.slug),
    filter: { category: label.slug },
    kicker: request.texts.categories,
    kickerPath: request.link(ARCHIVE_PATH),
    title: request.texts.categoryTitle(label.name),
  });
}
