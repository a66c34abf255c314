import { ARCHIVE_PATH, categoryPath } from '../../model/addresses.ts';
import type { Visit } from '../page-request.ts';
import type { Answer } from '../response.ts';
import type { Site } from '../site.ts';
import { findCounted } from './counted.ts';
import { labelledPage } from './labelled.ts';

/** `/categories/:category`: its episodes, newest first. */
export async function category(site: Site, visit: Visit): Promise<Answer> {
  const label = findCounted(await site.catalogue.categories(visit.now), visit.part('category'));
  return labelledPage(site, visit, {
    label,
    path: categoryPath(label.slug),
    filter: { category: label.slug },
    kicker: visit.texts.categories,
    kickerPath: visit.link(ARCHIVE_PATH),
    title: visit.texts.categoryTitle(label.name),
  });
}
