import type { Archive, Bundle } from '../../archive/archive.ts';
import { readStationFile, STATION_COLOUR, stationFrom } from '../../model/front-matter/station-file.ts';
import type { Station } from '../../model/station.ts';
import { drawnCover } from './drawn-cover.ts';
import type { FileFacts } from './file-facts.ts';
import { readCover } from './read-cover.ts';
import { readText } from './read-text.ts';
import { type Reading, ReadingNotes } from './reading.ts';

/** Returns the station that the top folder describes: a default one where there is no station.md. */
export async function readStation(
  archive: Archive,
  facts: FileFacts,
  bundle: Bundle,
): Promise<Reading<Station>> {
  const notes = new ReadingNotes('');
  if (bundle.unreadable) {
    notes.error('folder-unreadable');
    return notes.reading<Station>(undefined, true);
  }
  for (const name of bundle.clashes) notes.warn('name-twice', { values: { value: name } });
  if (!bundle.files.some(({ name }) => name === 'station.md')) notes.warn('station-missing');
  const source = (await readText(archive, bundle, 'station.md', notes)) ?? '';
  const { values, body, faults } = readStationFile(source);
  notes.faults.push(...faults);
  if (notes.hasError) return notes.reading<Station>(undefined, true);
  const drawing = {
    title: values.title ?? 'Riascolta',
    subtitle: values.frequency ?? '',
    colour: values.colour ?? STATION_COLOUR,
    seed: values.guid ?? values.title ?? '',
  };
  const cover = (await readCover(facts, bundle, {}, notes)) ?? drawnCover(drawing, notes);
  return notes.reading(stationFrom(values, body, cover), true);
}
