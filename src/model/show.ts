import type { Category, Person, Picture } from './station.ts';

/** A programme of the station, with a feed of its own. `slug` is its folder's name (NFC). */
export type Show = {
  slug: string;
  guid: string;
  title: string;
  /** Plain text, one paragraph or more. */
  description: string;
  /** The body of show.md as safe HTML; empty where there is none. */
  descriptionHtml: string;
  category: Category;
  language: string;
  hosts: Person[];
  colour: string;
  explicit: boolean;
  type: 'episodic' | 'serial';
  link?: string;
  /** No more episodes will come (itunes:complete). */
  complete: boolean;
  licence?: string;
  cover: Picture;
  /** Public paths that this show once had. */
  redirectFrom: string[];
};
