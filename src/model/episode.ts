import type { Segment } from './segment.ts';
import type { Person, Picture } from './station.ts';

export type EpisodeStatus = 'published' | 'draft' | 'review' | 'withdrawn';
export type EpisodeType = 'full' | 'trailer' | 'bonus';

/**
 * One publication of a show: an article together with its segments (at least one).
 *
 * `articleHtml` is safe HTML (sanitized; our own addresses root-relative) in which `<hr data-segment="N">` stands
 * where the player of `segments[N]` belongs, and `<a data-segment="N" data-start="SECONDS" href=…>` is a link to a moment.
 */
export type Episode = {
  show: string;
  slug: string;
  guid: string;
  title: string;
  /** Milliseconds since 1970. In the future: scheduled. */
  publishedAt: number;
  summary: string;
  byline?: string;
  people: Person[];
  categories: string[];
  tags: string[];
  cover: Picture;
  /** Where the text first appeared. */
  source?: string;
  licence?: string;
  explicit: boolean;
  season?: number;
  number?: number;
  type: EpisodeType;
  status: EpisodeStatus;
  language: string;
  /** Public paths that this episode, or audio in it, once had. */
  redirectFrom: string[];
  articleHtml: string;
  /** The article as plain text: for search, snippets and descriptions. */
  articleText: string;
  segments: Segment[];
};

/** What lists show of an episode. */
export type EpisodeCard = Pick<
  Episode,
  'show' | 'slug' | 'guid' | 'title' | 'publishedAt' | 'summary' | 'people' | 'cover' | 'explicit'
> & {
  showTitle: string;
  /** Of all segments together. */
  seconds: number;
  segments: Pick<Segment, 'file' | 'fingerprint' | 'type' | 'title' | 'seconds'>[];
};
