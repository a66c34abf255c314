import { categoryPath, feedPath } from '../../model/addresses.ts';
import type { Answer } from '../answer.ts';
import { rssOf } from '../head/feeds.ts';
import type { Site } from '../site.ts';
import type { Visit } from '../visit.ts';
import { findCounted } from './counted.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** `/categories/:category`: its episodes, newest first. */
export async function category(site: Site, visit: Visit): Promise<Answer> {
  const found = findCounted(await site.catalogue.categories(visit.now), visit.part('category'));
  const path = categoryPath(found.slug);
  const listing = await listEpisodes(site, visit, { category: found.slug }, path);
  const title = visit.texts.categoryTitle(found.name);
  return renderPage(site, visit, {
    view: 'list',
    section: 'archive',
    path,
    parameters: { before: listing.before },
    values: {
      kicker: visit.texts.categories,
      title: found.name,
      count: found.count,
      feed: feedPath(path),
      ...listing,
    },
    head: { title, description: title, feeds: rssOf(path, title) },
  });
}
