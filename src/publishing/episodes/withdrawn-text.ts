import { withKeys } from '../../model/front-matter/front-matter.ts';

export type WithdrawnEpisode = {
  /** The episode's guid, and those of its segments that have another. */
  guid: string;
  segments: readonly string[];
  /** ISO 8601. */
  date: string;
  redirectFrom: readonly string[];
  /** The station's, BCP 47. */
  language: string;
};

/**
 * Returns the episode.md of a withdrawn episode: its status, and the guids and addresses that must not be
 * used again. It has nothing of the content, not even the names of files.
 */
export function withdrawnText({ guid, segments, date, redirectFrom, language }: WithdrawnEpisode): string {
  const others = segments.filter((one) => one !== guid);
  return withKeys('', {
    title: language.toLowerCase().startsWith('it') ? 'Ritirato' : 'Withdrawn',
    date,
    status: 'withdrawn',
    guid,
    ...(others.length > 0 && {
      segments: others.map((one, at) => ({ file: `withdrawn-${at + 1}.mp3`, guid: one })),
    }),
    ...(redirectFrom.length > 0 && { redirectFrom: [...redirectFrom] }),
  });
}
