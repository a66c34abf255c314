import type { SegmentFile } from '../../model/front-matter/episode-file.ts';
import { guidWithin } from '../../model/guid.ts';

/** An audio file of the folder with what the front matter says of it. */
export type PlannedSegment = { file: string; entry?: SegmentFile };

export type SegmentPlan = {
  segments: PlannedSegment[];
  /** Entries that name no file of the folder. */
  missing: string[];
  /** An entry that names no file, taken to mean the only file that no entry names. */
  renamed?: { from: string; to: string };
};

const byName = new Intl.Collator('it', { numeric: true });

/**
 * Returns the segments of an episode in their order: that of `segments` when it names every file, otherwise that
 * of the links in the article, those that no link names first, by name.
 */
export function planSegments(audioFiles: string[], entries: SegmentFile[], linked: string[]): SegmentPlan {
  const named = new Map(entries.map((entry) => [entry.file, entry] as const));
  const missing = entries.filter(({ file }) => !audioFiles.includes(file));
  const unnamed = audioFiles.filter((file) => !named.has(file));
  const [lost] = missing;
  const [found] = unnamed;
  const isRename = missing.length === 1 && unnamed.length === 1 && lost !== undefined && found !== undefined;
  if (isRename) named.set(found, lost);

  const listed = [...named.keys()].filter((file) => audioFiles.includes(file));
  const place = (file: string): number => linked.indexOf(file);
  const files =
    listed.length === audioFiles.length && entries.length > 1
      ? entries.map((entry) => (isRename && entry === lost ? found : entry.file))
      : audioFiles.toSorted((one, other) => place(one) - place(other) || byName.compare(one, other));
  return {
    segments: files.map((file) => ({ file, entry: named.get(file) })),
    missing: isRename ? [] : missing.map(({ file }) => file),
    ...(isRename ? { renamed: { from: lost.file, to: found } } : {}),
  };
}

export type Guids = { episode: string; segments: string[]; pinned: boolean };

/**
 * Returns the guids of an episode and of its segments. What the front matter says stands for ever: the episode's guid
 * is also that of its first segment. What it leaves open comes from the show's guid and the names of folder and file,
 * and `pinned` is then false: a new name would change it.
 */
export function plannedGuids(
  showGuid: string,
  folder: string,
  segments: PlannedSegment[],
  episodeGuid: string | undefined,
): Guids {
  const guidOf = ({ file, entry }: PlannedSegment, position: number): string => {
    if (entry?.guid !== undefined) return entry.guid;
    if (episodeGuid === undefined) return guidWithin(showGuid, `${folder}/${file}`);
    return position === 0 ? episodeGuid : guidWithin(episodeGuid, file);
  };
  const isPinned = ({ entry }: PlannedSegment): boolean =>
    entry?.guid !== undefined || (segments.length === 1 && episodeGuid !== undefined);
  return {
    episode: episodeGuid ?? guidWithin(showGuid, folder),
    segments: segments.map(guidOf),
    pinned: episodeGuid !== undefined && segments.every(isPinned),
  };
}
