import { readShowFile, showFrom } from '../../model/front-matter/show-file.ts';
import { readStationFile, stationFrom } from '../../model/front-matter/station-file.ts';
import type { Show } from '../../model/show.ts';
import type { Picture, Station } from '../../model/station.ts';
import type { PublishingContext } from '../context.ts';
import { readFolder } from './folder-text.ts';

/** Nothing here shows a cover. */
const NO_PICTURE: Picture = { id: '', width: 0, height: 0, alt: '' };

/** Returns the station from the catalogue, or from its file when there is no catalogue yet. */
export async function currentStation({ catalogue, archive }: PublishingContext): Promise<Station> {
  const station = await catalogue.station();
  if (station !== undefined) return station;
  const folder = await readFolder(archive, '', 'station.md');
  const { values, body } = readStationFile(folder?.text ?? '');
  return stationFrom(values, body, NO_PICTURE);
}

/**
 * Returns the show from the catalogue, or from its folder when it is not indexed yet.
 * `undefined` where there is no such folder.
 */
export async function currentShow(context: PublishingContext, slug: string): Promise<Show | undefined> {
  const show = await context.catalogue.show(slug);
  if (show !== undefined) return show;
  if (slug === '') return undefined;
  const folder = await readFolder(context.archive, slug, 'show.md');
  if (folder === undefined) return undefined;
  const { values, body } = readShowFile(folder.text, slug);
  const made = { cover: NO_PICTURE, descriptionHtml: '', descriptionText: body.trim() };
  return showFrom(slug, values, await currentStation(context), made);
}
