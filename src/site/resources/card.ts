import { cardMark } from '../../images/card-mark.ts';
import { cardFolder } from '../../images/picture-id.ts';
import { cardPath, socialCard } from '../head/card.ts';
import type { PageRequest } from '../page-request.ts';
import { findEpisode } from '../pages/episode.ts';
import { findShow } from '../pages/show.ts';
import { FOR_EVER, redirectTo, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

/**
 * `/shows/:show/:episode/card-:mark.png`: the picture that links to an episode show. With the mark of what it
 * shows now, it is the picture; any other mark redirects there.
 */
export async function card(site: Site, request: PageRequest): Promise<SiteResponse> {
  const [show, episode] = await Promise.all([findShow(site, request), findEpisode(site, request)]);
  const shown = await socialCard(site, request, show, episode);
  const path = cardPath(episode, shown);
  const mark = cardMark(shown);
  if (request.part('mark') !== mark) return redirectTo(302, path);
  if (shown.sounds.some(({ peaks }) => peaks === undefined))
    site.peaks.requestDrawing(`${episode.show}/${episode.slug}`);
  const onDisk = await site.pictures.card(cardFolder(episode.guid), mark, async () =>
    (await import('../../images/card.ts')).renderCard(shown),
  );
  return {
    resource: {
      kind: 'file',
      path: onDisk,
      type: 'image/png',
      cacheControl: FOR_EVER,
      crossOrigin: true,
      headers: {},
    },
    cacheKey: path,
  };
}
