import type { Archive, Bundle } from '../../archive/archive.ts';
import { type PlacedChapter, placedChapters } from '../../audio/chapters-file.ts';
import { ChaptersBroken } from '../../audio/failures.ts';
import { stemOf } from '../../model/file-kinds.ts';
import type { SegmentFile } from '../../model/front-matter/episode-file.ts';
import { brokenJsonLine } from '../../model/json-lines.ts';
import type { Chapter } from '../../model/segment.ts';
import { readText } from './read-text.ts';
import type { ReadingNotes } from './reading.ts';

/** A segment with what its audio says; `seconds` is 0 where its length is not known. */
export type ChapteredSegment = {
  file: string;
  entry?: SegmentFile;
  audio: { seconds: number; chapters: Chapter[] };
};

/**
 * Returns the chapters of a segment from its chapters file, else from its audio, with where they were found. Those of the file that
 * are past the end of the sound are left out and named; the audio's own were measured with it.
 */
export async function readChapters(
  archive: Archive,
  bundle: Bundle,
  segment: ChapteredSegment,
  notes: ReadingNotes,
): Promise<{ chapters: Chapter[]; chaptersFrom: 'file' | 'audio' | 'none' }> {
  const name = segment.entry?.chapters ?? `${stemOf(segment.file)}.chapters.json`;
  const written = await chaptersInFile(
    archive,
    bundle,
    { name, isNamed: segment.entry?.chapters !== undefined },
    notes,
  );
  if (written !== undefined)
    return { chapters: withinSound(written, segment, name, notes), chaptersFrom: 'file' };
  const { chapters } = segment.audio;
  return { chapters, chaptersFrom: chapters.length > 0 ? 'audio' : 'none' };
}

async function chaptersInFile(
  archive: Archive,
  bundle: Bundle,
  { name, isNamed }: { name: string; isNamed: boolean },
  notes: ReadingNotes,
): Promise<PlacedChapter[] | undefined> {
  const before = notes.faults.length;
  const text = await readText(archive, bundle, name, notes);
  if (text === undefined) {
    // An episode is not kept out by its chapters.
    for (const fault of notes.faults.slice(before)) fault.severity = 'warning';
    if (isNamed && notes.faults.length === before)
      notes.warn('segment-not-found', { file: 'episode.md', values: { value: name } });
    return undefined;
  }
  try {
    return placedChapters(text);
  } catch (error) {
    if (!(error instanceof ChaptersBroken)) throw error;
    const line = brokenJsonLine(error.message);
    const values = { reason: error.message };
    notes.warn('chapters-broken', { file: name, ...(line === undefined ? {} : { line }), values });
    return undefined;
  }
}

/** `file`: the one in which the chapters stand. */
function withinSound(
  chapters: PlacedChapter[],
  { file: sound, audio: { seconds } }: ChapteredSegment,
  file: string,
  notes: ReadingNotes,
): Chapter[] {
  const past = seconds > 0 ? chapters.filter(({ start }) => start >= seconds) : [];
  const [first] = past;
  if (first !== undefined) {
    const { line } = first;
    const values = { found: sound, count: String(past.length), value: clock(first.start) };
    notes.warn('chapter-past-end', { file, line, values });
  }
  return chapters.filter((chapter) => !past.includes(chapter)).map(({ line: _, ...chapter }) => chapter);
}

/** `1:02:03`, as links to moments are written. */
function clock(start: number): string {
  const whole = Math.floor(start);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}
