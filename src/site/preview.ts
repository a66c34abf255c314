import { episodePath } from '../model/addresses.ts';
import type { Episode } from '../model/episode.ts';
import type { Show } from '../model/show.ts';
import { episodePage } from './pages/episode.ts';
import type { Site } from './site.ts';
import { visitOf } from './visit.ts';

/** An episode that is in no catalogue. `pictures`: by a picture's id, the file below `filesBase` that it is. */
export type UncataloguedEpisode = {
  episode: Episode;
  show: Show;
  pictures: ReadonlyMap<string, string>;
  filesBase: string;
};

/** Returns the page that an episode would have, as HTML; its own files and pictures are linked below `filesBase`. */
export async function previewPage(site: Site, uncatalogued: UncataloguedEpisode): Promise<string> {
  const { episode, show, pictures, filesBase } = uncatalogued;
  const path = episodePath(show.slug, episode.slug);
  const visit = visitOf(site, await site.frame(), { url: path, path, params: {} });
  const { resource } = await episodePage(site, visit, show, episode);
  if (resource.kind !== 'edition') throw new Error('an episode page is an edition');
  const html = resource.body.toString('utf8').replaceAll(`"${path}/`, `"${filesBase}`);
  return html.replaceAll(/\/pictures\/([\w-]+)\/[^"\s,]+/g, (address, id: string) => {
    const file = pictures.get(id);
    return file === undefined ? address : filesBase + encodeURIComponent(file);
  });
}
