import type { Archive, Bundle } from '../../archive/archive.ts';
import { parseArticle } from '../../article/article.ts';
import { leadingText } from '../../article/plain-text.ts';
import {
  readShowFile,
  type StationDefaults,
  showFrom,
  titleOfFolder,
} from '../../model/front-matter/show-file.ts';
import type { Show } from '../../model/show.ts';
import { drawnCover } from './drawn-cover.ts';
import type { FileFacts } from './file-facts.ts';
import { readCover } from './read-cover.ts';
import { readText } from './read-text.ts';
import { type Reading, ReadingNotes } from './reading.ts';

const SUBTITLE_LENGTH = 40;

/** Returns the show that a first-level folder describes; its name stands in where there is no show.md. */
export async function readShow(
  archive: Archive,
  facts: FileFacts,
  bundle: Bundle,
  station: StationDefaults,
): Promise<Reading<Show>> {
  const notes = new ReadingNotes(bundle.key);
  if (bundle.unreadable) {
    notes.error('folder-unreadable');
    return notes.reading<Show>(undefined, true);
  }
  for (const name of bundle.clashes) notes.warn('name-twice', { values: { value: name } });
  if (!bundle.files.some(({ name }) => name === 'show.md')) notes.warn('show-missing');
  const source = (await readText(archive, bundle, 'show.md', notes)) ?? '';
  const { values, body, faults } = readShowFile(source, bundle.key);
  notes.faults.push(...faults);
  if (notes.hasError) return notes.reading<Show>(undefined, true);
  if (source !== '' && values.guid === undefined) notes.warn('guid-unpinned', { file: 'show.md', line: 1 });

  const article = parseArticle(body).render({ segments: [], files: new Map(), pictures: new Map() });
  const drawing = {
    title: values.title ?? titleOfFolder(bundle.key),
    subtitle: leadingText(values.description ?? article.text, SUBTITLE_LENGTH),
    colour: values.colour ?? station.colour,
    seed: bundle.key,
  };
  const cover = (await readCover(facts, bundle, {}, notes)) ?? drawnCover(drawing, notes);
  const made = { cover, descriptionHtml: article.html, descriptionText: article.text };
  return notes.reading(showFrom(bundle.key, values, station, made), true);
}
