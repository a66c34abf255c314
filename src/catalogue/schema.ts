import type { Generated } from 'kysely';
import type { EpisodeStatus } from '../model/episode.ts';

/** What a list of episodes gathers: all, or those of one show, tag, category, person, year or month (`2025-01`). */
export type ListKind = 'all' | 'show' | 'tag' | 'category' | 'person' | 'year' | 'month';

/**
 * The tables. Documents are JSON text: `card` is what lists show, `document` the whole.
 * Times are milliseconds since 1970.
 */
export type CatalogueTables = {
  /** `revision`: counts the writes that changed an answer. `filling`: there until all folders have been read again. */
  meta: { name: string; value: string };
  stations: { id: number; document: string };
  shows: { slug: string; guid: string; title: string; document: string };
  /** `id` grows with the date, nearly: see `writing/row-numbers.ts`. */
  episodes: {
    id: number;
    key: string;
    show: string;
    guid: string;
    status: EpisodeStatus;
    published_at: number;
    year: number;
    /** From 1. */
    month: number;
    /** Of the document: another one has another stamp. */
    stamp: string;
    card: string;
  };
  /** Apart from `episodes`, so that lists do not read past articles. */
  episode_documents: { episode_id: number; document: string };
  /**
   * `episodes` and `segments` count what has the status published, scheduled ones too. `name` is a tag or person as the
   * newest of them writes it.
   */
  lists: {
    id: Generated<number>;
    kind: ListKind;
    slug: string;
    name: string | null;
    episodes: number;
    segments: number;
  };
  /** The words of the name of each tag and person, folded: what a name that is being typed may begin. */
  list_words: { word: string; list_id: number };
  /** `cues`: JSON; `position` counts the segments from 0. */
  transcripts: { episode_id: number; position: number; cues: string };
  /** One row for each published (or scheduled) episode in each list it belongs to. `name`: as the episode writes the tag or person. */
  list_entries: {
    list_id: number;
    published_at: number;
    key: string;
    episode_id: number;
    segments: number;
    name: string | null;
  };
  /** `position` counts the segments from 0; -1 is the episode itself. */
  guids: { guid: string; key: string; position: number };
  redirects: { path: string; key: string };
  folders: { key: string; signature: string; faults: string };
  pictures: { id: string; origin: string };
  probes: { file_key: string; version: string; probe: string };
  /** Every word that an indexed episode holds, folded, not stemmed. */
  vocabulary: { word: string };
};
