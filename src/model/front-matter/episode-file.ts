import { z } from 'zod';
import {
  address,
  type FileReading,
  fileName,
  guid,
  names,
  paths,
  people,
  readKeys,
  text,
  wholeNumber,
  yesOrNo,
} from './front-matter-keys.ts';

const segmentKeys = z.object({
  file: fileName,
  title: text.optional(),
  guid: guid.optional(),
  people: people.optional(),
  transcript: fileName.optional(),
  chapters: fileName.optional(),
});

const episodeKeys = z
  .object({
    title: text,
    date: text,
    summary: text,
    byline: text,
    people,
    categories: names,
    tags: names,
    cover: fileName,
    coverAlt: text,
    source: address,
    licence: text,
    explicit: yesOrNo,
    season: wholeNumber,
    episode: wholeNumber,
    type: z.enum(['full', 'trailer', 'bonus'], 'full-trailer-bonus'),
    status: z.enum(['published', 'draft', 'review', 'withdrawn'], 'a-status'),
    redirectFrom: paths,
    guid,
    segments: z.array(segmentKeys, 'segments'),
  })
  .partial();

/** What an episode.md says itself, before any default. */
export type EpisodeFile = z.output<typeof episodeKeys>;
export type SegmentFile = z.output<typeof segmentKeys>;

/**
 * Returns what an episode.md says, with its faults. A wrong `status`, `guid`, `date` or `segments` is an error:
 * to guess there could publish a draft, or make every app download an old episode anew.
 */
export function readEpisodeFile(source: string, folder: string): FileReading<EpisodeFile> {
  return readKeys(
    source,
    episodeKeys,
    { folder, file: 'episode.md' },
    {
      status: 'value-invalid',
      guid: 'value-invalid',
      segments: 'value-invalid',
      date: 'date-invalid',
      title: 'title-missing',
    },
  );
}
