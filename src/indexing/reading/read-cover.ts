import type { Bundle } from '../../archive/archive.ts';
import { isCoverName } from '../../model/file-kinds.ts';
import type { Picture } from '../../model/station.ts';
import { type FileFacts, fileKey } from './file-facts.ts';
import type { ReadingNotes } from './reading.ts';

/** Apple asks for artwork of at least this many pixels a side (Apple, "Artwork requirements"). */
const SHARP_PIXELS = 1400;

/**
 * Returns the cover of a bundle: the file that `named` names, else the one called `cover.…`. `undefined` when there
 * is none that can be read; the notes then say why.
 */
export async function readCover(
  facts: FileFacts,
  bundle: Bundle,
  written: { cover?: string; alt?: string },
  notes: ReadingNotes,
): Promise<Picture | undefined> {
  const file = bundle.files.find(({ name }) =>
    written.cover === undefined ? isCoverName(name) : name === written.cover,
  );
  if (file === undefined) {
    if (written.cover !== undefined)
      notes.warn('cover-not-found', { file: 'episode.md', values: { value: written.cover } });
    return undefined;
  }
  if (file.leadsOut) {
    notes.warn('link-leads-out', { file: file.name, values: { value: file.name } });
    return undefined;
  }
  try {
    const picture = await facts.picture(bundle, file, notes);
    notes.pictures.set(picture.id, { from: 'file', fileKey: fileKey(bundle, file) });
    const smaller = Math.min(picture.width, picture.height);
    if (smaller < SHARP_PIXELS)
      notes.warn('cover-small', { file: file.name, values: { value: `${picture.width}×${picture.height}` } });
    return { ...picture, alt: written.alt ?? '' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.warn('cover-not-picture', { file: file.name, values: { reason } });
    return undefined;
  }
}
