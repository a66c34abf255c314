import type { EpisodeFilter } from '../../catalogue/catalogue.ts';
import { parseCursor } from '../../catalogue/cursor.ts';
import type { EpisodeCard } from '../../model/episode.ts';
import type { PageRequest } from '../page-request.ts';
import type { Site } from '../site.ts';

const PAGE_SIZE = 20;

/** One page of a list of episodes, with the addresses of its neighbours. */
export type Listing = {
  cards: EpisodeCard[];
  /** The cursor that this page was requested with, if it is valid. */
  before: string | undefined;
  olderPath: string | undefined;
  newestPath: string | undefined;
};

/** Returns the page of episodes that `?before=` asks for; the newest page without it. */
export async function listEpisodes(
  site: Site,
  request: PageRequest,
  filter: EpisodeFilter,
  path: string,
): Promise<Listing> {
  const asked = request.query('before');
  const before = parseCursor(asked) === undefined ? undefined : asked;
  const page = { limit: PAGE_SIZE, ...(before === undefined ? {} : { before }) };
  const { items, next } = await site.catalogue.cards(filter, page, request.now);
  return {
    cards: items,
    before,
    olderPath: next === undefined ? undefined : request.link(path, { before: next }),
    newestPath: before === undefined ? undefined : request.link(path),
  };
}
