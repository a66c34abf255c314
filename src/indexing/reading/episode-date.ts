import { dateInName, instantOf } from '../../model/station-time.ts';

/** The possible sources of an episode's date, in their order. */
export type DateSources = {
  /** `date` of the front matter. */
  written?: string;
  folder: string;
  /** The date tag of the first segment, ISO 8601; a year alone does not date an episode. */
  tagged?: string;
  /** Milliseconds since 1970. */
  fileModifiedAt: number;
};

export type EpisodeDate = { instant: number; from: 'text' | 'folder' | 'audio' | 'file' };

/** Returns when the episode was published; `undefined` when its written date is no date. */
export function episodeDate(sources: DateSources, timezone: string): EpisodeDate | undefined {
  if (sources.written !== undefined) {
    const instant = instantOf(sources.written, timezone);
    return instant === undefined ? undefined : { instant, from: 'text' };
  }
  const named = dateInName(sources.folder);
  const inFolder = named === undefined ? undefined : instantOf(named, timezone);
  if (inFolder !== undefined) return { instant: inFolder, from: 'folder' };
  const inAudio = sources.tagged === undefined ? undefined : instantOf(sources.tagged, timezone);
  if (inAudio !== undefined) return { instant: inAudio, from: 'audio' };
  return { instant: Math.floor(sources.fileModifiedAt / 1000) * 1000, from: 'file' };
}
