/** Bytes ready to send: rendered once for a state of the catalogue, and then only sent. */
export type Edition = {
  kind: 'edition';
  status: number;
  /** Media type, with its charset where it is text. */
  type: string;
  body: Buffer;
  /** Strong validator of `body`, with its quotes; the compressed forms have their own, made from it. */
  etag: string;
  cacheControl: string;
  /** Any other site's script may read it (feeds, transcripts, covers). */
  crossOrigin: boolean;
  /** Further headers, e.g. Link, X-Robots-Tag. */
  headers: Record<string, string>;
};

/** A file on this machine's disk, sent as it is, whole or in ranges. */
export type FileOnDisk = {
  kind: 'file';
  path: string;
  type: string;
  cacheControl: string;
  crossOrigin: boolean;
  headers: Record<string, string>;
};

/** Another address to go to. */
export type Redirect = { kind: 'redirect'; status: 301 | 302 | 303 | 307 | 308; location: string };

export type Resource = Edition | FileOnDisk | Redirect;
