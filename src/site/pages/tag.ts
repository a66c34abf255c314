import { TAGS_PATH, tagPath } from '../../model/addresses.ts';
import type { Visit } from '../page-request.ts';
import type { Answer } from '../response.ts';
import type { Site } from '../site.ts';
import { findCounted } from './counted.ts';
import { labelledPage } from './labelled.ts';
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
  const label = findCounted(await site.catalogue.tags(visit.now), visit.part('tag'));
  return labelledPage(site, visit, {
    label,
    path: tagPath(label.slug),
    filter: { tag: label.slug },
    kicker: visit.texts.tags,
    kickerPath: visit.link(TAGS_PATH),
    title: visit.texts.tagTitle(label.name),
  });
}
