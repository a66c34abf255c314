/** A named address: a link in the station's footer, a place to follow it. */
export type Link = { name: string; url: string };

/** Somebody who is heard or who wrote. `role` is free text, or one of the Podcasting 2.0 taxonomy ("host", "guest"). */
export type Person = { name: string; role?: string; url?: string; img?: string };

/**
 * A picture that pages and feeds may show. `id` is a fingerprint of what it looks like, so that a changed picture
 * has a new address; `width` and `height` are the pixels of the picture as it was found (after extension to a
 * square both are the larger one); `alt` is empty where nobody described it.
 */
export type Picture = { id: string; width: number; height: number; alt: string };

/** Apple's category: a main one and, where there is one, its sub-category. */
export type Category = { main: string; sub?: string };

/** The radio. `language` is a BCP 47 tag, `timezone` an IANA name, `colour` `#rrggbb`. */
export type Station = {
  guid: string;
  title: string;
  description: string;
  language: string;
  timezone: string;
  link?: string;
  frequency?: string;
  email?: string;
  links: Link[];
  colour: string;
  support?: { url: string; text: string };
  licence?: string;
  cover: Picture;
};
