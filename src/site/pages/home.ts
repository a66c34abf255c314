import { ARCHIVE_PATH, HOME_PATH } from '../../model/addresses.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { renderPage } from './page.ts';

/** How many rows stand under the newest episode. */
const ROWS = 12;

/** `/`: the newest episode with its player, the rundown of those before it, the shows. */
export async function home(site: Site, request: PageRequest): Promise<SiteResponse> {
  const { station, shows } = request.frame;
  const { items, next } = await site.catalogue.cards({}, { limit: ROWS + 1 }, request.now);
  const [first, ...cards] = items;
  const newest = first && (await site.catalogue.episodeOfAnyStatus(first.show, first.slug));
  return renderPage(site, request, {
    view: 'home',
    section: 'home',
    path: HOME_PATH,
    values: {
      newest,
      showTitle: first?.showTitle,
      cards,
      shows,
      olderPath: next === undefined ? undefined : request.link(ARCHIVE_PATH, { before: next }),
    },
    head: {
      title: station.title,
      description: station.description,
      jsonLd: {
        '@context': 'https://schema.org',
        '@type': 'RadioStation',
        name: station.title,
        url: station.link ?? site.config.publicUrl,
        ...(station.frequency === undefined ? {} : { alternateName: station.frequency }),
      },
    },
  });
}
