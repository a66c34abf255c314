import { episodePath } from '../model/addresses.ts';
import type { Episode } from '../model/episode.ts';
import { extensionOf } from '../model/file-kinds.ts';
import type { Show } from '../model/show.ts';
import { type Cue, TRANSCRIPT_FORMS } from '../model/transcript.ts';
import { readPageRequest } from './page-request.ts';
import { episodePage } from './pages/episode.ts';
import type { Site } from './site.ts';
import { transcriptViews } from './view-models/transcripts.ts';

/**
 * An episode that is in no catalogue. `pictures`: the file below `filesBase` for each picture's id; `cues`:
 * what is said in each segment that has a transcript, by its position.
 */
export type UncataloguedEpisode = {
  episode: Episode;
  show: Show;
  pictures: ReadonlyMap<string, string>;
  cues: ReadonlyMap<number, readonly Cue[]>;
  filesBase: string;
};

/**
 * Returns the page that an episode would have, as HTML; its own files and pictures are linked below
 * `filesBase`.
 */
export async function previewPage(site: Site, uncatalogued: UncataloguedEpisode): Promise<string> {
  const { episode, show, pictures, cues, filesBase } = uncatalogued;
  const path = episodePath(show.slug, episode.slug);
  const request = readPageRequest(site, await site.frame(), { url: path, path, params: {} });
  // Only the uploaded form of a transcript exists; the others are made when it is published.
  const brought = new Set(episode.segments.map(({ transcript }) => extensionOf(transcript?.file ?? '')));
  const forms = TRANSCRIPT_FORMS.filter((form) => brought.has(form));
  const transcripts = await transcriptViews(episode, async (position) => cues.get(position) ?? [], forms);
  const { resource } = await episodePage(site, request, { show, episode, transcripts });
  if (resource.kind !== 'edition') throw new Error('an episode page is an edition');
  const html = resource.body.toString('utf8').replaceAll(`"${path}/`, `"${filesBase}`);
  return html.replaceAll(/\/pictures\/([\w-]+)\/[^"\s,]+/g, (address, id: string) => {
    const file = pictures.get(id);
    return file === undefined ? address : filesBase + encodeURIComponent(file);
  });
}
