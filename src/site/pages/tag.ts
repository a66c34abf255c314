import { TAGS_PATH, tagPath } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { findCounted } from './counted.ts';
import { labelledPage } from './labelled.ts';
import { renderPage } from './page.ts';

/** `/tags`: every tag with the number of its episodes. */
export async function tags(site: Site, request: PageRequest): Promise<SiteResponse> {
  const tags = await site.catalogue.tags(request.now);
  const byName = tags.toSorted((one, other) => one.name.localeCompare(other.name, request.language));
  return renderPage(site, request, {
    view: 'tags',
    section: 'archive',
    path: TAGS_PATH,
    values: { tags: byName },
    head: { title: request.texts.allTags, description: byName.map(({ name }) => name).join(', ') },
  });
}

/** `/tags/:tag`: its episodes, newest first. */
export async function tag(site: Site, request: PageRequest): Promise<SiteResponse> {
  const label = findCounted(await site.catalogue.tags(request.now), request.part('tag'));
  return labelledPage(site, request, {
    label,
    path: tagPath(label.slug),
    filter: { tag: label.slug },
    kicker: request.texts.tags,
    kickerPath: request.link(TAGS_PATH),
    title: request.texts.tagTitle(label.name),
  });
}
