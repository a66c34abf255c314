import { extensionOf, isAudioName, isCoverName, stemOf } from '../../model/file-kinds.ts';
import { Refused } from '../../model/problem.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import { type EpisodeReading, isCompanion } from '../folders/folders.ts';

/** The part of a ready upload that decides on names. */
export type ReadyFile = { file: string };

/**
 * A file that is put into the folder. `position`: which segment. A cover may be cut anew out of one that lies
 * there.
 */
export type Put =
  | { as: 'sound'; file: string; upload: string; position: number }
  | { as: 'file'; file: string; upload: string }
  | { as: 'cover'; file: string; from: { upload: string } | { file: string } };

export type PlacedSegment = {
  file: string;
  /** The file's name in the folder now, where it has one. */
  was?: string;
  guid: string;
  upload?: string;
  title: string;
  people?: DraftContent['segments'][number]['people'];
};

export type PlacedFiles = {
  segments: PlacedSegment[];
  /** The other files of the draft. */
  files: string[];
  cover?: string;
  puts: Put[];
  /** Renamed files: old name to new name. */
  renames: Map<string, string>;
};

/**
 * Decides on the name of each file of the draft in its folder. A replacement keeps the old name, with a new
 * extension where that is needed; a new file gets a free name. Throws `Refused` (`name-refused`) for a
 * segment that is neither there nor uploaded, and for an upload in a place that its kind cannot have.
 */
export function placeFiles(
  before: EpisodeReading,
  content: DraftContent,
  uploads: ReadonlyMap<string, ReadyFile>,
  episodeGuid: string,
): PlacedFiles {
  const names = new Names(before.files);
  const puts: Put[] = [];
  const segments = content.segments.map((segment, position): PlacedSegment => {
    const was = placeOf(before, segment);
    const known = was === undefined ? undefined : { was, guid: guidAt(before, was) };
    const { upload, title, people } = segment;
    if (upload === undefined) {
      if (known === undefined) throw new Refused('name-refused', { name: segment.file });
      return { file: known.was, ...known, title, people };
    }
    const file = names.for(known?.was ?? segment.file, uploads.get(upload), known?.was);
    puts.push({ as: 'sound', file, upload, position });
    // The episode's guid is that of its first segment; an upload's id was never used as a guid before.
    const isFirst = position === 0 && before.content.segments.length === 0;
    const guid = known?.guid ?? segment.guid ?? (isFirst ? episodeGuid : upload);
    return { file, was: known?.was, guid, upload, title, people };
  });
  const files = content.files.flatMap(({ file, upload }) => {
    if (upload === undefined) return before.files.includes(file) ? [file] : [];
    const was = before.content.files.find((one) => one.file === file)?.file;
    const name = names.for(file, uploads.get(upload), was);
    puts.push({ as: 'file', file: name, upload });
    return [name];
  });
  const cover = placeCover(before, content, names, puts);
  // A file's kind follows from its name.
  const misnamed = puts.find(
    (put) => put.as !== 'cover' && uploads.has(put.upload) && !isNamedRight(put.as, put.file),
  );
  if (misnamed !== undefined) throw new Refused('name-refused', { name: misnamed.file });
  // Sounds last: their tags hold the cover and the chapters.
  const inOrder = [...puts.filter(({ as }) => as !== 'sound'), ...puts.filter(({ as }) => as === 'sound')];
  return { segments, files, cover, puts: inOrder, renames: renamesOf(content, segments) };
}

const isNamedRight = (as: 'sound' | 'file', file: string): boolean =>
  as === 'sound' ? isAudioName(file) : isCompanion(file) && !isAudioName(file);

/** Returns the name of the folder's file that a segment of the draft is, or replaces. */
function placeOf(before: EpisodeReading, segment: DraftContent['segments'][number]): string | undefined {
  const known = before.content.segments;
  const byGuid = segment.guid && known.find(({ guid }) => guid === segment.guid);
  return (byGuid || known.find(({ file }) => file === segment.file))?.file;
}

const guidAt = (before: EpisodeReading, file: string): string =>
  before.guids.segments[before.content.segments.findIndex((one) => one.file === file)] ?? '';

const COVER = 'cover.jpg';

function placeCover(
  before: EpisodeReading,
  { cover }: DraftContent,
  names: Names,
  puts: Put[],
): string | undefined {
  const there = cover.file !== undefined && before.files.includes(cover.file) ? cover.file : undefined;
  const cut = there !== undefined && cover.crop !== undefined ? { file: there } : undefined;
  const from = cover.upload === undefined ? cut : { upload: cover.upload };
  if (from === undefined) return there;
  const isCover = before.content.cover.file === COVER;
  const file = names.for(COVER, undefined, isCover ? COVER : undefined);
  puts.push({ as: 'cover', file, from });
  return file;
}

/** Returns the renamed segments, old name to new name, so that links to them go on working. */
function renamesOf(content: DraftContent, segments: PlacedSegment[]): Map<string, string> {
  const taken = new Set(segments.map(({ file }) => file));
  const renames = new Map<string, string>();
  for (const [at, { file, was }] of segments.entries())
    for (const old of [content.segments[at]?.file, was])
      if (old !== undefined && old !== file && !taken.has(old)) renames.set(old, file);
  return renames;
}

/** The names in a folder. On some disks, names that differ only in case are the same. */
class Names {
  readonly #taken: Set<string>;

  constructor(files: readonly string[]) {
    this.#taken = new Set([...files, 'episode.md'].map(folded));
  }

  /** Returns the name for the file made from an upload: that of `was`, which it replaces, or a free one. */
  for(wanted: string, ready: ReadyFile | undefined, was: string | undefined): string {
    const extension = (ready && extensionOf(ready.file)) || extensionOf(wanted);
    const stem = stemOf(wanted).normalize('NFC');
    const kept = extension === extensionOf(wanted) ? wanted.slice(stemOf(wanted).length) : `.${extension}`;
    const name = stem + (extension === '' ? '' : kept);
    if (name === was) return name;
    let free = name;
    for (let number = 2; this.#taken.has(folded(free)); number += 1)
      free = `${stem}-${number}${extension === '' ? '' : kept}`;
    this.#taken.add(folded(free));
    return free;
  }
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/** Returns the files of the folder that the draft no longer has, since somebody removed or replaced them. */
export function filesToRemove(
  before: EpisodeReading,
  placed: PlacedFiles,
  linked: readonly string[],
): string[] {
  const stays = new Set([...placed.segments.map(({ file }) => file), ...placed.files, placed.cover]);
  const { segments, files, cover } = before.content;
  const own = [...segments, ...files].map(({ file }) => file);
  // A picture that was the cover by its key alone may also be linked in the article.
  const isDone = cover.file !== undefined && (isCoverName(cover.file) || !linked.includes(cover.file));
  return [...own, ...(isDone && cover.file !== undefined ? [cover.file] : [])].filter(
    (file) => !stays.has(file),
  );
}
