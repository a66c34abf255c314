import { drawingId } from '../../images/picture-id.ts';
import type { Picture } from '../../model/station.ts';
import type { ReadingNotes } from './reading.ts';

/** Returns the cover that is drawn for a show or station that has none of its own. */
export function drawnCover(
  drawing: { title: string; subtitle: string; colour: string; seed: string },
  notes: ReadingNotes,
): Picture {
  const id = drawingId(drawing);
  notes.pictures.set(id, { from: 'drawing', ...drawing });
  return { id, width: DRAWN_PIXELS, height: DRAWN_PIXELS, alt: '' };
}

const DRAWN_PIXELS = 1400;
