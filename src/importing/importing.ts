/** An article from a web address. Texts are plain; `markdown` is Markdown without HTML. */
export type FoundArticle = {
  /** The address after redirects, without tracking parameters. */
  address: string;
  title: string;
  byline: string;
  /** ISO 8601; '' when the page names none. */
  date: string;
  summary: string;
  markdown: string;
  tags: string[];
  categories: string[];
  language: string;
  /** The name of the page's site. */
  siteName: string;
  /** The article's picture, fetched under the same rules. */
  cover?: { type: string; bytes: Uint8Array; name: string; alt: string };
};

export interface Importer {
  /**
   * Fetches a page and returns its article. No connection is made to an address in an internal network, whatever DNS or a
   * redirect says, and all takes at most 5 MB and 10 s. Throws `Refused` with `address-refused`,
   * `address-unreachable`, `address-too-large`, `address-too-slow` or `address-not-article`.
   */
  article(address: string): Promise<FoundArticle>;
}
