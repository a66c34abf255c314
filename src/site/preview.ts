import { episodePath } from '../model/addresses.ts';
import type { Episode } from '../model/episode.ts';
import type { Show } from '../model/show.ts';
import { episodePage } from './pages/episode.ts';
import type { Site } from './site.ts';
import { visitOf } from './visit.ts';

/**
 * Returns the page that an episode would have, as HTML, though the catalogue does not know it. Its files, and a
 * cover that has no address yet (`cover`), are linked below `filesBase`.
 */
export async function previewPage(
  site: Site,
  episode: Episode,
  show: Show,
  filesBase: string,
): Promise<string> {
  const path = episodePath(show.slug, episode.slug);
  const visit = visitOf(site, await site.frame(), { url: path, path, params: {} });
  const { resource } = await episodePage(site, visit, show, episode);
  if (resource.kind !== 'edition') throw new Error('an episode page is an edition');
  const html = resource.body.toString('utf8').replaceAll(`"${path}/`, `"${filesBase}`);
  if ((await site.catalogue.picture(episode.cover.id)) !== undefined) return html;
  return html.replaceAll(
    new RegExp(`/pictures/${RegExp.escape(episode.cover.id)}/[^"\\s,]+`, 'g'),
    `${filesBase}cover`,
  );
}
