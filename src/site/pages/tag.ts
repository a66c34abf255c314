import { feedPath, TAGS_PATH, tagPath } from '../../model/addresses.ts';
import type { Answer } from '../answer.ts';
import { rssOf } from '../head/feeds.ts';
import type { Site } from '../site.ts';
import type { Visit } from '../visit.ts';
import { findCounted } from './counted.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** `/tags`: every tag with the number of its episodes. */
export async function tags(site: Site, visit: Visit): Promise<Answer> {
  const tags = await site.catalogue.tags(visit.now);
  const byName = tags.toSorted((one, other) => one.name.localeCompare(other.name, visit.language));
  return renderPage(site, visit, {
    view: 'tags',
    section: 'archive',
    path: TAGS_PATH,
    values: { tags: byName },
    head: { title: visit.texts.allTags, description: byName.map(({ name }) => name).join(', ') },
  });
}

/** `/tags/:tag`: its episodes, newest first. */
export async function tag(site: Site, visit: Visit): Promise<Answer> {
  const found = findCounted(await site.catalogue.tags(visit.now), visit.part('tag'));
  const path = tagPath(found.slug);
  const listing = await listEpisodes(site, visit, { tag: found.slug }, path);
  const title = visit.texts.tagTitle(found.name);
  return renderPage(site, visit, {
    view: 'list',
    section: 'archive',
    path,
    parameters: { before: listing.before },
    values: {
      kicker: visit.texts.tags,
      title: found.name,
      count: found.count,
      feed: feedPath(path),
      ...listing,
    },
    head: { title, description: title, feeds: rssOf(path, title) },
  });
}
