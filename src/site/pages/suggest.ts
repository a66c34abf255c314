import type { Suggestion } from '../../catalogue/catalogue.ts';
import { makeEdition } from '../../delivery/delivery.ts';
import { episodePath, personPath, showPath, tagPath } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

const LIMIT = 8;
const LONGEST_BEGINNING = 60;
/** Within a minute the same text gets the same answer from the browser's cache. */
const SHORTLY = 'public, max-age=60';
const KINDS: readonly Suggestion['kind'][] = ['show', 'person', 'tag', 'episode'];

/**
 * `/suggest?q=&kind=`: suggestions for a text that is still being typed, as JSON. `said`: a sentence with
 * their number; `suggestions`: each with its `kind` in words, its `name` and its address (`href`).
 */
export async function suggest(site: Site, request: PageRequest): Promise<SiteResponse> {
  const typed = request.query('q')?.slice(0, LONGEST_BEGINNING) ?? '';
  const kind = KINDS.find((one) => one === request.query('kind'));
  const found = await site.catalogue.suggestions(typed, { limit: LIMIT, kind }, request.now);
  const { texts } = request;
  const body = JSON.stringify({
    said: texts.suggested(found.length),
    suggestions: found.map((suggestion) => ({
      kind: texts.suggestedKinds[suggestion.kind],
      name: suggestion.name,
      href: request.link(pathOf(suggestion)),
    })),
  });
  return {
    resource: makeEdition({ type: 'application/json; charset=utf-8', body, cacheControl: SHORTLY }),
  };
}

function pathOf({ kind, slug }: Suggestion): string {
  switch (kind) {
    case 'show':
      return showPath(slug);
    case 'person':
      return personPath(slug);
    case 'tag':
      return tagPath(slug);
    case 'episode': {
      const [show = '', episode = ''] = slug.split('/');
      return episodePath(show, episode);
    }
  }
}
