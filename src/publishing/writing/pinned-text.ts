import { withKeys } from '../../model/front-matter/front-matter.ts';
import type { EpisodeReading } from '../folders/folders.ts';
import { type EpisodeTextParts, episodeText } from './episode-md.ts';

export type PinnedValues = Partial<Pick<EpisodeTextParts, 'status' | 'publishedAt'>> & {
  keys?: Record<string, unknown>;
};

/**
 * Returns an episode's text with its guids written into it, so that a new name or show cannot change them,
 * and with these keys.
 */
export function pinnedText(reading: EpisodeReading, timezone: string, pinned: PinnedValues = {}): string {
  const { content, guids, files } = reading;
  const { status = 'keep', publishedAt, keys = {} } = pinned;
  const text = episodeText({
    before: reading,
    content,
    guid: guids.episode,
    files,
    status,
    timezone,
    publishedAt,
    segments: content.segments.map(({ file, title, people }, position) => ({
      ...{ file, title, ...(people !== undefined && { people }) },
      guid: guids.segments[position] ?? '',
    })),
  });
  return withKeys(text, keys);
}
