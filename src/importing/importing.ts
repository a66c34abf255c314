/** What was found at a web address. Texts are plain, `markdown` is Markdown that holds no HTML. */
export type FoundArticle = {
  /** The address in the end, without what only tracks. */
  address: string;
  title: string;
  byline: string;
  /** ISO 8601; '' where it says none. */
  date: string;
  summary: string;
  markdown: string;
  tags: string[];
  categories: string[];
  language: string;
  /** The page's own site name. */
  siteName: string;
  /** The article's picture, fetched under the same rules. */
  cover?: { type: string; bytes: Uint8Array; name: string; alt: string };
};

export interface Importer {
  /**
   * Fetches a page and takes its article out. Never from an address inside a network (whatever DNS or a redirect says, at the
   * moment of connecting), never more than 5 MB or 10 s in all. Throws `Refused` with `address-refused`,
   * `address-unreachable`, `address-too-large`, `address-too-slow` or `address-not-article`.
   */
  article(address: string): Promise<FoundArticle>;
}
